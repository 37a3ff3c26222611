"""What people and imports left behind: texts in all states, problems, acts, pairs of words."""

from desk.tables import fill
from trials import models


def texts(trials: int) -> int:
    """Write texts in all states; half of those that were ever published are live."""
    first, last = "(SELECT min(id) FROM auth_user)", "(SELECT max(id) FROM auth_user)"
    staff = f"{first} + i % ({last} - {first})"
    amount = trials // 30
    state = "(ARRAY['PUBLISHED', 'PUBLISHED', 'PUBLISHED', 'DRAFT', 'IN_REVIEW', 'RETURNED', "
    state += "'APPROVED', 'UNPUBLISHED'])[1 + i % 8]"
    live = "(i % 8 < 5)"
    words = {
        "plain_title": "'Sea air ' || i",
        "plain_summary": "'This trial tests if sea air may help adults sleep.'",
        "what_it_studies": "repeat('People walk by the sea. ', 20)",
        "good_fit": "ARRAY['you are 18 to 65 years old']",
        "not_a_fit": "ARRAY['you live on a boat']",
    }
    rows = f"generate_series(1, {amount}) i"
    written = fill(
        models.EditorialText,
        rows,
        id="i",
        trial_id=f"1 + (i * 29) % {trials}",
        state=state,
        since="now() - i % 400 * interval '1 day'",
        head_id="i * 2",
        is_live=live,
        live_id=f"CASE WHEN {live} THEN i * 2 - 1 END",
        based_on_version="1",
        reviewed_on=f"CASE WHEN {live} THEN date '2025-06-01' + i % 500 END",
        published_at=f"CASE WHEN {live} THEN now() END",
        published_by_id=f"CASE WHEN {live} THEN {staff} END",
        assigned_to_id=f"CASE WHEN i % 3 = 0 THEN {staff} END",
        **words,
    )
    written += fill(
        models.Revision,
        f"{rows}, generate_series(0, 1) n",
        id="i * 2 - 1 + n",
        text_id="i",
        number="n + 1",
        saved_at="now()",
        saved_by_id=staff,
        **words,
    )
    parts = "'plain_title', 'plain_summary', 'what_it_studies', 'good_fit', 'not_a_fit', "
    parts += "'potential_benefit', 'similar_studies', 'taking_part'"
    return written + fill(
        models.Passage,
        f"generate_series(1, {amount * 2}) i, unnest(ARRAY[{parts}]) WITH ORDINALITY p(part, at)",
        revision_id="i",
        part="part",
        based_on_version="1",
        sources="(ARRAY['{criteria,ages}', '{brief_title}', '{site_contacts}'])"
        "[1 + at % 3]::varchar[]",
    )


def problems(trials: int) -> int:
    """Write import problems, few of them rejections."""
    return fill(
        models.ImportProblem,
        f"generate_series(1, {trials // 3}) i",
        run_id="1 + i % 300",
        kind="CASE WHEN i % 900 = 0 THEN 'REJECTED' WHEN i % 5000 = 1 THEN 'CUT_OFF' "
        "ELSE 'ODD_VALUE' END",
        trial_id="CASE WHEN i % 900 <> 0 AND i % 5000 <> 1 THEN i END",
        record_version="CASE WHEN i % 900 <> 0 AND i % 5000 <> 1 THEN 1 END",
        nct_id="'NCT' || lpad(i::text, 8, '0')",
        source="'/data/registry'",
        position="'line ' || i",
        path="'protocolSection.statusModule.field' || i % 40",
        value="'2019-02-30'",
        message="'No such day'",
    )


def acts_and_words(trials: int) -> int:
    """Write what the audit keeps, and learned pairs of words."""
    first, last = "(SELECT min(id) FROM auth_user)", "(SELECT max(id) FROM auth_user)"
    return fill(
        models.AuditEvent,
        f"generate_series(1, {trials // 6}) i",
        done_at="now() - i * interval '1 minute'",
        done_by_id=f"{first} + i % ({last} - {first})",
        verb="(ARRAY['submit', 'approve', 'publish'])[1 + i % 3]",
        trial_id=f"1 + (i * 29) % {trials}",
        subject="'text'",
    ) + fill(
        models.Synonym,
        f"generate_series(1, {trials // 3}) i",
        words="'wording ' || i",
        also="'other ' || i",
        words_key="'wording_' || i",
        also_key="'other_' || i",
        origin="'CONDITION'",
        trials="i % 50",
    )
