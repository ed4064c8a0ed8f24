"""The drafting of documents: from a canevas, clauses and answers to a numbered draft.

Pure code: frozen dataclasses in, data out. Nothing here knows the database, the web or
Word. Read it in this order, which is also the way a document goes:

1. ``fields``: what the upstream form asks (Field, FieldSet); ``values`` reads answers;
   ``facts`` says which answers count (a field that does not apply is empty).
2. ``operators``: the closed language of conditions and its decision; ``conditions`` is
   its door (evaluate, check, to_french), ``condition_french`` and ``nouns`` its voice.
3. ``blocks``: the text of a clause as data; ``markup`` and ``inline_markup`` read and
   write it; ``formats`` writes values in French.
4. ``clause`` (Clause, Library), ``canevas`` (the tree of a document) and ``loader``
   (both from plain data, and back).
5. ``assembly.assemble(canevas, library, answers, fields)`` gives a ``draft.Draft``:
   ``selection`` keeps clauses, ``numbering`` numbers them, ``resolution`` writes values
   into their text, ``typography`` polishes it, ``questions`` lists what is missing.
6. ``html.render(draft)`` shows it; ``sicp.engines.docx.write_docx`` prints it;
   ``proof.prove(canevas, library, fields)`` checks a canevas for all answers.
"""
