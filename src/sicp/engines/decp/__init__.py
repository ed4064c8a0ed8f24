"""Reader of the « données essentielles de la commande publique », of every version.

What is refused, because one could not say which contract it is: no SIRET of the buyer,
no number, no readable day of notification or amount, and one number given to several
contracts. What is taken with a remark: everything else an archivist can live with — a
wrong key, a number too long, an unknown CPV or label, no duration, an improbable
amount, text encoded twice (repaired), several publications (the last one is kept).
"""

from sicp.engines.decp.reader import read_decp as read_decp
from sicp.engines.decp.record import DecpHolder as DecpHolder
from sicp.engines.decp.record import DecpModification as DecpModification
from sicp.engines.decp.record import DecpPlace as DecpPlace
from sicp.engines.decp.record import DecpRecord as DecpRecord
from sicp.engines.decp.record import DecpUnreadable as DecpUnreadable
from sicp.engines.decp.record import Refusal as Refusal
from sicp.engines.decp.record import Remark as Remark
