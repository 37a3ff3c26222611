import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.findings import Level
from trials.editorial.checks.promises import check_promises
from trials.terms.desk import Part

FIXTURES = sorted((Path(__file__).parents[3] / "fixtures" / "editorial").glob("*.toml"))

PROMISES = [
    "This treatment cures lupus.",
    "A cure for lung cancer is here.",
    "Lupus is cured.",
    "8 people were cured.",
    "It is proven by science.",
    "The drug is curative.",
    "The vaccine is safe.",
    "It can be safely used by everyone.",
    "It is a safe and gentle tablet.",
    "It is not known if it works, but it is safe.",
    "This study tests if it works, and it is safe.",
    "If you join, you get a safe medicine.",
    "Whether you are old or young, it is safe.",
    "It is safe if you take it with food.",
    "We do not test it in children because it is safe for adults only.",
    "It is not only safe but quick.",
    "It isn’t just safe.",
    "No other tablet is as safe.",
    "A breakthrough in lung cancer.",
    "It is a miracle.",
    "Early results are promising.",
    "Results are guaranteed.",
    "It is proven to work.",
    "A proven treatment for asthma.",
    "The cells will help you.",
    "The cells will also help your joints.",
    "It will improve your life.",
    "It will probably heal your skin.",
    "You’ll feel better. It’ll help you.",
    "You will get better.",
    "It is going to work.",
    "It will shrink the tumor.",
    "It will stop your cancer.",
    "It will protect you from malaria.",
    "You will live longer.",
    "There is no risk.",
    "The scan is risk-free.",
    "It has no side effects.",
    "It works without any side effects.",
    "Saliva tests are harmless.",
    "You have nothing to lose.",
    "An effective tablet for lupus.",
    "It is more effective than usual care.",
    "A cutting-edge therapy.",
    "A revolutionary device.",
    "This groundbreaking study.",
    "It is state-of-the-art.",
    "The best treatment for asthma.",
    "You get the best possible care.",
    "This is your last chance.",
    "You qualify for this study.",
    "You may qualify.",
    "You are eligible.",
    "You’re a good candidate.",
    "You should join.",
    "You should not wait.",
    "You shouldn’t stop.",
    "You should really take part.",
    "We recommend this study.",
    "Join today!",
    "Don’t wait.",
    "A life-saving drug.",
]

NO_PROMISES = [
    "This is not a cure.",
    "There is no cure for lupus.",
    "It cannot cure lupus.",
    "A cure is not expected.",
    "This study tests if changed cells are safe and may calm it.",
    "This study tests if the pill works and is safe.",
    "It tests whether it is safe.",
    "The team looks at how safe it is.",
    "Part 1 looks for a safe dose.",
    "Part 1 is there to find the highest safe dose.",
    "No one knows if it is safe.",
    "It is not known to be safe.",
    "It may not be safe in pregnancy.",
    "It isn’t safe for children.",
    "If it is safe, the next group gets more.",
    "Ask how your data is kept safe.",
    "The team keeps your data safe. Samples are stored safely.",
    "Is it safe?",
    "Is this tablet safe, and does it work?",
    "Ask about safe sex.",
    "You have an illness that makes exercise unsafe.",
    "It looks at the safety of a tablet.",
    "It may not help you.",
    "It may help you, and it may harm you.",
    "No one knows if it will help.",
    "It will not help you.",
    "Ask if it will help you.",
    "The study team will help you with travel.",
    "A nurse will help you fill in the form.",
    "We will protect your privacy.",
    "The team will stop the treatment if you feel ill.",
    "You will have a blood test.",
    "You use an effective method of birth control.",
    "You use highly effective contraception.",
    "It is not known which treatment is more effective.",
    "It is not proven.",
    "You had a biopsy-proven cancer.",
    "Your cancer was proven by a biopsy.",
    "You had a proven infection.",
    "You take medicine for breakthrough pain.",
    "No one can guarantee that.",
    "You have no risk factors for stroke.",
    "If you have no side effects, you go on.",
    "It does not mean that there is no risk.",
    "This study asks which treatment is the best treatment.",
    "First you have tests to see if you can join.",
    "Ask the team if you qualify.",
    "They check whether you are eligible.",
    "Ask your doctor if you should join.",
    "You should ask the team about travel.",
    "You can leave the study at any time.",
    "Do not stop your medicines without asking your doctor.",
    "A secure place.",
]


@pytest.mark.parametrize("text", PROMISES)
def test_promise_is_stopped(text):
    assert Level.STOP in {finding.level for finding in check_promises(text)}


@pytest.mark.parametrize("text", NO_PROMISES)
def test_promise_is_not_seen_where_a_sentence_asks_or_denies(text):
    assert check_promises(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We hope it works.",
        "People who suffer from asthma.",
        "A new way to fight cancer.",
        "The subjects get a tablet.",
        "Stroke victims.",
        "An exciting study.",
    ],
)
def test_promise_of_tone_can_be_kept_with_a_reason(text):
    assert [finding.level for finding in check_promises(text)] == [Level.BLOCK]


@pytest.mark.parametrize("text", ["It is subject to change.", "The City of Hope clinic."])
def test_promise_of_tone_knows_other_meanings(text):
    assert check_promises(text) == []


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        ("your doctor says that surgery is safe for you", [Level.BLOCK]),
        ("your last treatment was effective", [Level.BLOCK]),
        ("you had a skin cancer that was cured", [Level.BLOCK]),
        ("you had a cured skin cancer", []),
        ("you want a miracle", [Level.STOP]),
    ],
)
def test_promise_in_a_list_of_conditions_is_milder(line, levels):
    assert [finding.level for finding in check_promises(line, is_list=True)] == levels


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 15 people, 73% got better.", {"73%": "11 of 15"}),
        ("Of 15 people 73.3 percent had fever.", {"73.3 percent": "11 of 15"}),
        ("15 people joined. 73 % had fever.", {"73 %": "11 of 15"}),
        ("15 people joined. 70% had fever.", {"70%": ""}),
        ("99 lupus patients, 50%", {"50%": ""}),
        ("100 people joined. 73% had fever.", {}),
        ("1,240 people joined. 73% had fever.", {}),
        ("Of 512 people, 73% had fever and 10 people fell.", {}),
        ("The plan is for 3 people to join.\n\nYour HbA1c is 7.0 to 10.0 percent.", {}),
        ("Your HbA1c is 10 percent.", {}),
        ("11 of 15 people had fever.", {}),
    ],
)
def test_promise_of_a_percentage_needs_a_hundred_people(text, found):
    findings = check_promises(text)
    assert {finding.quote: finding.swap for finding in findings} == found
    assert {finding.level for finding in findings} <= {Level.BLOCK}


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_promise_is_in_none_of_the_demonstration_texts(file):
    text = tomllib.loads(file.read_text("utf-8"))
    for part in Part:
        value = text.get(part.value, "")
        words = "\n".join(value) if part.is_list else value
        assert check_promises(words, is_list=part.is_list) == []


def test_promise_fixtures_are_there():
    assert len(FIXTURES) >= 16


@given(st.lists(st.sampled_from([*PROMISES, *NO_PROMISES, "\n", "73%", "15 people", "İ"])))
def test_promise_is_quoted_from_where_it_stands(pieces):
    text = " ".join(pieces)
    findings = check_promises(text)
    assert [f.start for f in findings] == sorted(f.start for f in findings)
    for finding in findings:
        assert text[finding.start : finding.end] == finding.quote
        assert finding.quote in finding.message


@given(st.sampled_from(PROMISES), st.sampled_from(NO_PROMISES))
def test_promise_is_found_beside_a_sentence_that_asks(promise, beside):
    assert check_promises(f"{beside} {promise}")
    assert check_promises(f"{promise}\n{beside}")


@pytest.mark.parametrize(
    "text",
    ["5% " * 6_600, "5%\n" * 6_600, "It will cure " * 1_500, "a safe and safely stored " * 800],
    ids=["percent", "lines of percent", "promises", "fine words"],
)
def test_promise_is_looked_for_quickly_in_any_text(text):
    start = time.process_time()
    check_promises(text)
    assert time.process_time() - start < 3


def test_percentage_is_of_the_group_last_told_of_in_its_paragraph():
    told = "First 15 people joined. Then 20 people did. 40% had fever."
    assert [finding.swap for finding in check_promises(told)] == ["8 of 20"]
    assert check_promises(told.replace("did. ", "did.\n\n")) == []
