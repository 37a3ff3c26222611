"""Let the vectors of closed trials stand apart from their search rows: decision 0016."""

from django.db import migrations

_APART = """
    ALTER TABLE trials_searchrow ALTER vector SET STORAGE EXTERNAL;
    ALTER TABLE trials_searchrow SET (toast_tuple_target = 128);
"""
_WITHIN = """
    ALTER TABLE trials_searchrow ALTER vector SET STORAGE EXTENDED;
    ALTER TABLE trials_searchrow RESET (toast_tuple_target);
"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0004_lay_words")]
    operations = [migrations.RunSQL(_APART, _WITHIN)]
