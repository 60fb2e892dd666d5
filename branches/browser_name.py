"""The name of a browser and its system, from what it says of itself."""

import re

# In this order: each of the later names stands in the text of the earlier ones too.
_BROWSERS = (
    ("WeCom", r"wxwork/(\d+)"),
    ("WeChat", r"MicroMessenger/(\d+)"),
    ("DingTalk", r"DingTalk/(\d+)"),
    ("360", r"(?:QihooBrowser|360SE|360EE)(?:/(\d+))?"),
    ("QQ Browser", r"M?QQBrowser/(\d+)"),
    ("Edge", r"Edg(?:e|A|iOS)?/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:HeadlessChrome|Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+)\S* (?:Mobile/\S+ )?Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh"),
    ("Linux", r"Linux|X11"),
)


def browser_name(told: str) -> str:
    """`Chrome 126 · Windows`, as far as it can be told; "" when nothing can."""
    parts = []
    for name, pattern in _BROWSERS:
        if found := re.search(pattern, told):
            parts.append(f"{name} {found[1]}" if found[1] else name)
            break
    parts += [name for name, pattern in _SYSTEMS if re.search(pattern, told)][:1]
    return " · ".join(parts)
