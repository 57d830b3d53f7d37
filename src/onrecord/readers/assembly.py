"""Building an article's text out of parts, with a block for each."""

from __future__ import annotations

from onrecord.schema import Block, BlockKind

__all__ = ["TextBuilder"]


class TextBuilder:
    """Collects parts and joins them with empty lines; items of a list stand line on line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, kind: BlockKind, text: str) -> None:
        """Add a part; blanks around it are dropped, a blank part is left out."""
        text = text.strip()
        if not text:
            return
        if self._blocks:
            both_items = kind == "list_item" == self._blocks[-1].kind
            self._push("\n" if both_items else "\n\n")
        self._blocks.append(Block(kind, self._length, self._length + len(text)))
        self._push(text)

    def _push(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    def first(self, kind: BlockKind) -> str | None:
        """The text of the first block of a kind, on one line."""
        text = self.text
        for block in self._blocks:
            if block.kind == kind:
                return " ".join(text[block.start : block.end].split())
        return None
