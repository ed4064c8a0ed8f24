"""The index: one process writes it, the others read it."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any
from typing import Self

import tantivy
from tantivy import Query
from tantivy import Searcher

from sicp.engines.search.answer import answer
from sicp.engines.search.answer import check
from sicp.engines.search.asking import Answer
from sicp.engines.search.asking import Suggestion
from sicp.engines.search.asking import Wanted
from sicp.engines.search.correction import correct
from sicp.engines.search.document import SearchDocument
from sicp.engines.search.query import all_of
from sicp.engines.search.schema import CARD
from sicp.engines.search.schema import CHECKPOINT
from sicp.engines.search.schema import build_schema
from sicp.engines.search.schema import checkpoint_of
from sicp.engines.search.schema import facet_field
from sicp.engines.search.schema import parts_of
from sicp.engines.search.schema import told_by
from sicp.engines.search.store import IndexAbsent
from sicp.engines.search.store import IndexDamaged
from sicp.engines.search.store import IndexFolder
from sicp.engines.search.store import NotTheWriter
from sicp.engines.search.store import damage_told
from sicp.engines.search.store import in_memory
from sicp.engines.search.suggestion import suggest

#: Bytes that wait in memory before they are written: bounds the memory of the writer.
WRITER_HEAP = 50_000_000
#: Threads that count, for questions asked at the same time.
_COUNTERS = 4


class SearchIndex:
    """Documents to be found, in a folder or (without one) in memory.

    The first process that opens a folder writes it; the others read, and see a commit
    after ``reload``. A checkpoint is committed with the documents it is about, whatever
    kills the process. A folder that is damaged or of another version is set aside by
    the writer: ``was_set_aside`` tells it, ``checkpoint()`` is 0, all is to be given
    again. Threads may share one instance.
    """

    def __init__(self, path: Path | None, heap: int = WRITER_HEAP) -> None:
        self.was_set_aside = False
        self._heap = heap
        self._schema = build_schema()
        self._writing = threading.RLock()
        self._beside = ThreadPoolExecutor(_COUNTERS, thread_name_prefix="search")
        self._writer: tantivy.IndexWriter | None = None
        self._index: tantivy.Index | None = None
        self._stamp = (0, 0)
        self._folder = IndexFolder(path) if path else None
        if self._folder is None:
            self._index = in_memory()
        elif not self.take_over():
            self.reload()

    @property
    def is_writer(self) -> bool:
        """Tell whether this process writes the index."""
        return self._folder is None or self._folder.is_locked

    def take_over(self) -> bool:
        """Become the writer if no process is; tell whether this one is."""
        if self._folder is None or self._folder.is_locked:
            return True
        with self._writing:
            if not self._folder.lock():
                return False
            self._index, self.was_set_aside = self._folder.open_or_make()
            self._check_or_set_aside()
            return True

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        """Give documents, each in place of the one of its number if there is one.

        Raises:
            NotTheWriter: another process writes the index.
            ValueError: a document has no number, or a facet that does not exist.
        """
        with self._writing:
            writer = self._open_writer()
            for document in documents:
                if not document.id:
                    raise ValueError("a document has a number, never 0")
                parts = list(parts_of(document))
                writer.delete_documents_by_term("object", document.id)
                for part in parts:
                    writer.add_document(part)

    def remove(self, numbers: Iterable[int]) -> None:
        """Take documents out, by their numbers.

        Raises:
            NotTheWriter: another process writes the index.
        """
        with self._writing:
            writer = self._open_writer()
            for number in numbers:
                writer.delete_documents_by_term("object", number)

    def remove_under(self, container: int) -> None:
        """Take out a container and everything below it.

        Raises:
            NotTheWriter: another process writes the index.
        """
        with self._writing:
            writer = self._open_writer()
            writer.delete_documents_by_term("object", container)
            writer.delete_documents_by_term("ancestors", container)

    def clear(self) -> None:
        """Take everything out; readers see it until the next commit.

        Raises:
            NotTheWriter: another process writes the index.
        """
        with self._writing:
            self._open_writer().delete_all_documents()

    def commit(self, checkpoint: int, note: object = None) -> None:
        """Make visible, at once and together, what was given since the last commit.

        ``note`` is what JSON can say, kept with the checkpoint.

        Raises:
            NotTheWriter: another process writes the index.
            IndexDamaged: the disk did not take it.
        """
        with self._writing:
            writer = self._open_writer()
            with damage_told():
                writer.delete_documents_by_term("tier", CHECKPOINT)
                writer.add_document(checkpoint_of(checkpoint, note))
                writer.commit()
                self.reload()

    def start_anew(self) -> None:
        """Set the files aside after a damage met while searching; all is to be given.

        Raises:
            NotTheWriter: another process writes the index.
            IndexDamaged: the disk does not take an empty index either.
        """
        with self._writing:
            if not self.is_writer:
                raise NotTheWriter(str(self._folder and self._folder.path))
            self._writer = None
            if self._folder is None:
                self._index = in_memory()
                return
            self._index = None
            self._folder.set_aside()
            self._index, _ = self._folder.open_or_make()
            self.was_set_aside = True

    def rollback(self) -> None:
        """Forget what was given since the last commit.

        Raises:
            NotTheWriter: another process writes the index.
        """
        with self._writing:
            self._open_writer().rollback()

    def checkpoint(self) -> int:
        """Return the number given with the last commit that is seen, 0 before any.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        return self.checkpoint_and_note()[0]

    def checkpoint_and_note(self) -> tuple[int, Any]:
        """Return the number and the note of the last commit that is seen.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        query = Query.term_query(self._schema, "tier", CHECKPOINT)
        with damage_told():
            searcher = self._searcher()
            found = searcher.search(query, limit=1).hits
            if not found:
                return 0, None
            number, note = told_by(searcher.doc(found[0][1]))
        return int(number), note

    def search(self, wanted: Wanted) -> Answer:
        """Answer a question, with nothing of what the asker may not see.

        Raises:
            ValueError: an unknown facet or order, or a page below the first.
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        check(wanted)
        with damage_told():
            return answer(self._searcher(), self._schema, wanted, self._beside)

    def suggest(self, wanted: Wanted) -> tuple[Suggestion, ...]:
        """Complete what is typed: titles first, then words, ``wanted.size`` in all.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        with damage_told():
            return suggest(self._searcher(), self._schema, wanted)

    def correct(self, wanted: Wanted, read: Iterable[str] = ()) -> str | None:
        """Return the text with the words that find nothing mended, or nothing.

        Words that the answer has shown, ``read``, are not looked for again.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        with damage_told():
            return correct(self._searcher(), self._schema, wanted, read)

    def digests(self) -> dict[int, int]:
        """Return the digest of each document, to compare with ``digest_of``.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        return self._told_of_cards("digest", [])

    def __len__(self) -> int:
        """Return how many documents there are.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        cards = Query.term_query(self._schema, "tier", CARD)
        with damage_told():
            return int(self._searcher().search(cards, limit=1).count)  # type: ignore[attr-defined]

    def standings(self, numbers: Iterable[int]) -> dict[int, int]:
        """Return what ``standing_of`` told of those documents that are there.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        return self._told_of("standing", numbers)

    def readers(self, numbers: Iterable[int], kind: str = "") -> dict[int, int]:
        """Return what ``readers_of`` told of those documents, those of a kind only.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        return self._told_of("readers", numbers, kind)

    def made_from(self, sources: Iterable[int]) -> frozenset[int]:
        """Return the documents that were made from one of these records.

        Raises:
            IndexAbsent: there is nothing to read yet.
            IndexDamaged: the files are altered.
        """
        wanted = list(sources)
        if not wanted:
            return frozenset()
        these = Query.term_set_query(self._schema, "sources", wanted)
        return frozenset(self._told_of_cards("digest", [these]))

    def _told_of(
        self, field: str, numbers: Iterable[int], kind: str = ""
    ) -> dict[int, int]:
        wanted = list(numbers)
        if not wanted:
            return {}
        which = [Query.term_set_query(self._schema, "object", wanted)]
        if kind:
            which.append(Query.term_query(self._schema, facet_field("kind"), kind))
        return self._told_of_cards(field, which)

    def _told_of_cards(self, field: str, which: list[Query]) -> dict[int, int]:
        """Read a field of the cards that answer ``which``, of all without any."""
        cards = Query.term_query(self._schema, "tier", CARD)
        with damage_told():
            searcher = self._searcher()
            query = all_of([cards, *which])
            count = searcher.search(query, limit=1).count  # type: ignore[attr-defined]
            found = searcher.search(query, limit=max(count, 1)).hits
            addresses = [address for _, address in found]
            numbers = searcher.fast_field_values("object", addresses)
            values = searcher.fast_field_values(field, addresses)
        return {
            int(number or 0): int(value or 0)
            for number, value in zip(numbers, values, strict=True)
        }

    def reload(self) -> None:
        """See the last commit, even of another process; cheap when there is none."""
        if self._folder is None:
            self._opened().reload()
            return
        stamp = self._folder.stamp()
        if stamp == self._stamp:
            return
        try:
            is_other = stamp[0] != self._stamp[0] and not self.is_writer
            if self._index is None or is_other:
                self._index = self._folder.open()
            else:
                with damage_told():
                    self._index.reload()
        except IndexAbsent:
            self._index = None
        self._stamp = stamp

    def close(self) -> None:
        """Finish the merges under way and let another process write."""
        with self._writing:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.wait_merging_threads()
            self._index = None
            self._beside.shutdown()
            if self._folder is not None:
                self._folder.unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_or_set_aside(self) -> None:
        """Read the index once; what cannot be read is set aside.

        Raises:
            IndexDamaged: the disk does not take an empty index either.
        """
        try:
            self.checkpoint()
            self._open_writer()
        except IndexDamaged:
            self.start_anew()

    def _open_writer(self) -> tantivy.IndexWriter:
        if not self.is_writer:
            raise NotTheWriter(str(self._folder and self._folder.path))
        if self._writer is None:
            with damage_told():
                self._writer = self._opened().writer(self._heap, num_threads=1)
        return self._writer

    def _opened(self) -> tantivy.Index:
        if self._index is None:
            raise IndexAbsent("nothing was committed yet")
        return self._index

    def _searcher(self) -> Searcher:
        return self._opened().searcher()
