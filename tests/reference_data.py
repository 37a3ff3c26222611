"""What migrations wrote, loaded anew where a test that commits emptied all tables after itself."""

from trials.editorial import lay_words, starting_terms
from trials.geo import gazetteer
from trials.models import GlossaryTerm, Place, Synonym


def restore() -> None:
    """Load gazetteer, lay words and glossary where they are gone."""
    if not Place.objects.filter(is_packaged=True).exists():
        gazetteer.load()
    if not Synonym.objects.exists():
        lay_words.load()
    if not GlossaryTerm.objects.exists():
        starting_terms.load()
