"""What an import did, or would do, in lines for a person."""

from collections.abc import Iterable, Sequence


def summary_lines(
    counts: Sequence[tuple[str, int, int, int]],
    ignored: Iterable[str],
    notes: Iterable[str] = (),
    *,
    is_check: bool,
) -> list[str]:
    """`counts` are (what, new, changed, unchanged)."""
    lines = [
        f"{what}：新增 {new}，更新 {changed}，未变 {unchanged}"
        for what, new, changed, unchanged in counts
    ]
    lines += [f"已忽略（不认识）：{name}" for name in ignored]
    lines += [f"提示：{note}" for note in notes]
    if not any(new + changed for _, new, changed, _ in counts):
        lines.append("文件内容均已在系统中，没有任何变化。")
    elif is_check:
        lines.append("检查通过，未写入任何数据。")
    else:
        lines.append("导入完成。")
    return lines
