"""A real slapd on loopback with a database of its own, thrown away afterwards."""

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

BASE = "dc=bureau,dc=example"
PEOPLE = f"ou=people,{BASE}"
SEARCHER, SEARCHER_PASSWORD = f"cn=record-book,{BASE}", "Sou-suo-2025"
PASSWORD = "Mulu-mima-2025"
CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {home}/slapd.pid
TLSCACertificateFile {home}/site.crt
TLSCertificateFile {home}/site.crt
TLSCertificateKeyFile {home}/site.key
database mdb
suffix "{base}"
rootdn "cn=keeper,{base}"
directory {home}/database
access to attrs=userPassword by anonymous auth by * none
access to * by self read by dn.exact="{searcher}" read by anonymous auth by * none
"""
ENTRIES = f"""dn: {BASE}
objectClass: dcObject
objectClass: organization
o: bureau

dn: {PEOPLE}
objectClass: organizationalUnit
ou: people

dn: {SEARCHER}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: record-book
userPassword: {SEARCHER_PASSWORD}
"""
PERSON = """
dn: uid={uid},{people}
objectClass: inetOrgPerson
uid: {uid}
cn: {name}
sn: {name}
userPassword: {password}
"""


@dataclass
class Directory:
    """The running server."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    @property
    def certificate(self) -> str:
        return str(self.home / "site.crt")

    def start(self) -> "subprocess.Popen[bytes]":
        server = subprocess.Popen(
            [program("slapd"), "-f", self.home / "slapd.conf", "-h", self.url, "-d", "0"],
            stderr=subprocess.DEVNULL,
        )
        for _time in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return server
            assert server.poll() is None, "slapd ended at once"
            time.sleep(0.1)
        raise TimeoutError(self.url)


def program(name: str) -> str:
    """Where Debian keeps it; scripts/test_ldap has seen to it that it is there."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    assert found, name
    return found


def make_directory(home: Path, *, people: dict[str, str]) -> Directory:
    """A directory with these people, user name to name; all have the same password."""
    (home / "database").mkdir()
    (home / "slapd.conf").write_text(CONFIGURATION.format(home=home, base=BASE, searcher=SEARCHER))
    certificate = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", home / "site.key", "-out", home / "site.crt"]
    fresh = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run(
        [program("openssl"), *fresh, *certificate, *files],
        check=True,
        capture_output=True,
    )
    persons = (
        PERSON.format(uid=uid, name=name, people=PEOPLE, password=PASSWORD)
        for uid, name in people.items()
    )
    (home / "entries.ldif").write_text(ENTRIES + "".join(persons))
    subprocess.run(
        [program("slapadd"), "-f", home / "slapd.conf", "-l", home / "entries.ldif"],
        check=True,
        capture_output=True,
    )
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return Directory(home, one.getsockname()[1])


def stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    server.wait(timeout=20)
