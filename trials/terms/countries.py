"""Country names, as the registry writes them, and their ISO 3166 codes.

The registry names countries in words, in old and new spellings; telephone numbers need the code,
and people type names of their own.
"""

from functools import cache

from trials.terms.words import folded

_TABLE = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AL Albania|AM Armenia
AO Angola|AR Argentina|AT Austria|AU Australia|AW Aruba|AZ Azerbaijan|BA Bosnia and Herzegovina
BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin
BM Bermuda|BN Brunei|BN Brunei Darussalam|BO Bolivia|BR Brazil|BS Bahamas|BS The Bahamas|BT Bhutan
BW Botswana|BY Belarus|BZ Belize|CA Canada|CD Congo, The Democratic Republic of the
CD Democratic Republic of the Congo|CF Central African Republic|CG Congo|CG Republic of the Congo
CH Switzerland|CI Côte d’Ivoire|CI Côte D'Ivoire|CI Ivory Coast|CL Chile|CM Cameroon|CN China
CO Colombia|CR Costa Rica|CU Cuba|CV Cabo Verde|CV Cape Verde|CW Curaçao|CY Cyprus
CZ Czech Republic|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic
DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji
FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GF French Guiana
GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|GM The Gambia|GN Guinea|GP Guadeloupe
GQ Equatorial Guinea|GR Greece|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|HK Hong Kong
HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Isle of Man
IN India|IQ Iraq|IR Iran|IR Iran, Islamic Republic of|IS Iceland|IT Italy|JE Jersey|JM Jamaica
JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KM Comoros|KN Saint Kitts and Nevis
KP Korea, Democratic People's Republic of|KR Korea, Republic of|KR South Korea|KW Kuwait
KY Cayman Islands|KZ Kazakhstan|LA Lao People's Democratic Republic|LA Laos|LB Lebanon
LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg
LV Latvia|LY Libya|LY Libyan Arab Jamahiriya|MA Morocco|MC Monaco|MD Moldova
MD Moldova, Republic of|ME Montenegro|MG Madagascar|MK Macedonia, The Former Yugoslav Republic of
MK North Macedonia|ML Mali|MM Burma|MM Myanmar|MM Myanmar (Burma)|MN Mongolia|MO Macau|MO Macao
MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico
MY Malaysia|MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NG Nigeria|NI Nicaragua
NL Netherlands|NL The Netherlands|NO Norway|NP Nepal|NZ New Zealand|OM Oman|PA Panama|PE Peru
PF French Polynesia|PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|PR Puerto Rico
PS Palestinian Territories, Occupied|PS Palestinian Territory, occupied|PS Palestine|PT Portugal
PY Paraguay|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|RU Russian Federation|RW Rwanda
SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SI Slovenia
SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan
SV El Salvador|SY Syria|SY Syrian Arab Republic|SZ Eswatini|SZ Swaziland|TD Chad|TG Togo
TH Thailand|TJ Tajikistan|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga|TR Turkey
TR Turkey (Türkiye)|TR Türkiye|TT Trinidad and Tobago|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda
US United States|UY Uruguay|UZ Uzbekistan|VC Saint Vincent and the Grenadines|VE Venezuela
VI Virgin Islands (U.S.)|VN Viet Nam|VN Vietnam|VU Vanuatu|WS Samoa|XK Kosovo|YE Yemen
ZA South Africa|ZM Zambia|ZW Zimbabwe
AI Anguilla|AS American Samoa|AX Åland Islands|BL Saint Barthélemy|BQ Caribbean Netherlands
CC Cocos Islands|CK Cook Islands|CX Christmas Island|EH Western Sahara|FK Falkland Islands
FM Federated States of Micronesia|IO British Indian Ocean Territory|KI Kiribati|MF Saint Martin
MH Marshall Islands|MP Northern Mariana Islands|NF Norfolk Island|NR Nauru|NU Niue
PM Saint Pierre and Miquelon|PN Pitcairn|PW Palau|SH Saint Helena|SJ Svalbard and Jan Mayen
ST São Tomé and Príncipe|SX Sint Maarten|TC Turks and Caicos Islands|TK Tokelau|TV Tuvalu
VA Vatican City|VG British Virgin Islands|WF Wallis and Futuna|YT Mayotte
GS South Georgia and the South Sandwich Islands
"""
# The registry's present words for countries that it has named in several ways.
_PRESENT = (
    "Brunei",
    "Bahamas",
    "Democratic Republic of the Congo",
    "Republic of the Congo",
    "Côte d’Ivoire",
    "Cabo Verde",
    "Czechia",
    "Gambia",
    "Iran",
    "South Korea",
    "Laos",
    "Libya",
    "Moldova",
    "North Macedonia",
    "Myanmar",
    "Macau",
    "Netherlands",
    "Palestinian Territories, Occupied",
    "Russia",
    "Syria",
    "Eswatini",
    "Turkey (Türkiye)",
    "Vietnam",
)
# What people say, beside the registry's names and the two letters of ISO 3166.
_EVERYDAY = {
    "AE": "UAE|Emirates",
    "BA": "Bosnia|Bosnia-Herzegovina",
    "BQ": "Bonaire",
    "CD": "DR Congo|DRC|Congo-Kinshasa",
    "CG": "Congo-Brazzaville",
    "CI": "Cote dIvoire",
    "CN": "PRC|People's Republic of China|Mainland China",
    "DE": "Deutschland",
    "ES": "España",
    "FM": "Micronesia",
    "GB": "UK|U.K.|Great Britain|Britain",
    "HK": "Hong Kong SAR",
    "IE": "Republic of Ireland|Eire",
    "IT": "Italia",
    "KN": "St Kitts",
    "KP": "North Korea",
    "KR": "Korea|Republic of Korea",
    "LC": "St Lucia",
    "MK": "Macedonia",
    "NL": "Holland|Nederland",
    "PS": "Palestinian Territories|Gaza Strip|West Bank",
    "SA": "KSA",
    "TL": "East Timor",
    "TT": "Trinidad",
    "TW": "Formosa|Republic of China",
    "UA": "The Ukraine",
    "US": "USA|U.S.|U.S.A.|America|United States of America|The States|The United States",
    "VA": "Vatican|Holy See",
    "VC": "St Vincent",
    "VI": "US Virgin Islands|U.S. Virgin Islands",
}
_ENTRIES = [entry for line in _TABLE.strip().splitlines() for entry in line.split("|")]
_CODES = {entry[3:].casefold(): entry[:2] for entry in _ENTRIES}
_NAMES = {entry[:2]: entry[3:] for entry in _ENTRIES} | {
    _CODES[name.casefold()]: name for name in _PRESENT
}

CODES = tuple(sorted(_NAMES))


def country_code(name: str) -> str:
    """Return the two-letter code of a country's registry name, empty where it isn't known."""
    return _CODES.get(name.strip().casefold(), "")


def country_name(code: str) -> str:
    """Return a country in the registry's present words; the code itself where it isn't known."""
    return _NAMES.get(code, code)


def registry_names(code: str) -> list[str]:
    """Return all words, old and new, that the registry uses for a country."""
    return [entry[3:] for entry in _ENTRIES if entry[:2] == code]


def country_meant(text: str) -> str:
    """Return the code of a country as people write it ("UK", "Holland", "DE"), or an empty text."""
    return _everyday().get(folded(text), "")


@cache
def _everyday() -> dict[str, str]:
    """Return the codes by folded text; a name is worth more than two letters."""
    said = {folded(code): code for code in CODES}
    said |= {folded(entry[3:]): entry[:2] for entry in _ENTRIES}
    return said | {
        folded(name): code for code, names in _EVERYDAY.items() for name in names.split("|")
    }
