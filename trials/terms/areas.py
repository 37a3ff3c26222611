"""States, provinces and other first parts of countries, with the names people give them.

Of the countries that have most sites, or many towns of one name. Each area has the code that
GeoNames gives it within its country, its name as the registry mostly writes it, and other names:
in its own language, shortened, and with what the registry adds to it ("Beijing Municipality").
"""

from functools import cache
from typing import NamedTuple

from trials.terms.words import folded

_TABLE = {
    "US": """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California/Calif|CO Colorado|CT Connecticut/Conn
DE Delaware|DC District of Columbia/D.C.|FL Florida/Fla|GA Georgia|HI Hawaii|ID Idaho|IL Illinois
IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts/Mass
MI Michigan/Mich|MN Minnesota/Minn|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada
NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York/New York State|NC North Carolina
ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania/Penn|RI Rhode Island
SC South Carolina|SD South Dakota|TN Tennessee/Tenn|TX Texas/Tex|UT Utah|VT Vermont|VA Virginia
WA Washington/Washington State|WV West Virginia|WI Wisconsin/Wis|WY Wyoming
""",
    "CA": """
01 Alberta/AB|02 British Columbia/BC|03 Manitoba/MB|04 New Brunswick/NB
05 Newfoundland and Labrador/NL/Newfoundland|07 Nova Scotia/NS|08 Ontario/ON/Ont
09 Prince Edward Island/PE/PEI|10 Quebec/QC/PQ/Province de Québec|11 Saskatchewan/SK
12 Yukon/YT|13 Northwest Territories/NT|14 Nunavut/NU
""",
    "AU": """
01 Australian Capital Territory/ACT|02 New South Wales/NSW|03 Northern Territory/NT
04 Queensland/QLD|05 South Australia/SA|06 Tasmania/TAS|07 Victoria/VIC|08 Western Australia/WA
""",
    "GB": "ENG England|NIR Northern Ireland|SCT Scotland|WLS Wales/Cymru",
    "CN": """
01 Anhui|02 Zhejiang|03 Jiangxi|04 Jiangsu|05 Jilin|06 Qinghai|07 Fujian|08 Heilongjiang|09 Henan
10 Hebei|11 Hunan|12 Hubei|13 Xinjiang/Xinjiang Uygur Autonomous Region/Xinjiang Uyghur
14 Tibet/Xizang|15 Gansu|16 Guangxi/Guangxi Zhuang Autonomous Region|18 Guizhou|19 Liaoning
20 Inner Mongolia/Nei Mongol/Neimenggu|21 Ningxia/Ningxia Hui Autonomous Region
22 Beijing/Beijing Municipality|23 Shanghai/Shanghai Municipality|24 Shanxi|25 Shandong
26 Shaanxi|28 Tianjin/Tianjin Municipality|29 Yunnan|30 Guangdong|31 Hainan
32 Sichuan/Szechuan|33 Chongqing/Chongqing Municipality
""",
    "DE": """
01 Baden-Württemberg/Baden-Wuerttemberg/Baden-W.|02 Bavaria/Bayern|03 Bremen|04 Hamburg
05 Hesse/Hessen|06 Lower Saxony/Niedersachsen
07 North Rhine-Westphalia/Nordrhein-Westfalen/NRW/North Rhine Westfalia
08 Rhineland-Palatinate/Rheinland-Pfalz|09 Saarland|10 Schleswig-Holstein|11 Brandenburg
12 Mecklenburg-Western Pomerania/Mecklenburg-Vorpommern|13 Saxony/Sachsen
14 Saxony-Anhalt/Sachsen-Anhalt|15 Thuringia/Thüringen/Thueringen|16 Berlin/State of Berlin
""",
    "FR": """
11 Île-de-France/Île-de-France Region|24 Centre-Val de Loire|27 Bourgogne-Franche-Comté
28 Normandy/Normandie|32 Hauts-de-France|44 Grand Est|52 Pays de la Loire|53 Brittany/Bretagne
75 Nouvelle-Aquitaine|76 Occitanie/Occitania|84 Auvergne-Rhône-Alpes
93 Provence-Alpes-Côte d’Azur/PACA|94 Corsica/Corse
""",
    "ES": """
07 Balearic Islands/Islas Baleares/Illes Balears|27 La Rioja
29 Madrid/Community of Madrid/Comunidad de Madrid|31 Murcia/Region of Murcia|32 Navarre/Navarra
34 Asturias|39 Cantabria|51 Andalusia/Andalucía|52 Aragon|53 Canary Islands/Islas Canarias
54 Castilla-La Mancha|55 Castile and León/Castilla y León|56 Catalonia/Cataluña/Catalunya
57 Extremadura|58 Galicia|59 Basque Country/País Vasco/Euskadi
60 Valencia/Valencian Community/Comunidad Valenciana/Comunitat Valenciana|CE Ceuta|ML Melilla
""",
    "IT": """
01 Abruzzo|02 Basilicata|03 Calabria|04 Campania|05 Emilia-Romagna
06 Friuli Venezia Giulia|07 Lazio/Latium|08 Liguria|09 Lombardy/Lombardia|10 Marche|11 Molise
12 Piedmont/Piemonte|13 Apulia/Puglia|14 Sardinia/Sardegna|15 Sicily/Sicilia
16 Tuscany/Toscana|17 Trentino-Alto Adige/South Tyrol|18 Umbria|19 Aosta Valley/Valle d'Aosta
20 Veneto
""",
    "IN": """
01 Andaman and Nicobar Islands|02 Andhra Pradesh|03 Assam|05 Chandigarh
07 Delhi/National Capital Territory of Delhi|09 Gujarat|10 Haryana|11 Himachal Pradesh
12 Jammu and Kashmir|13 Kerala|14 Lakshadweep|16 Maharashtra|17 Manipur|18 Meghalaya
19 Karnataka|20 Nagaland|21 Odisha/Orissa|22 Puducherry/Pondicherry|23 Punjab|24 Rajasthan
25 Tamil Nadu|26 Tripura|28 West Bengal|29 Sikkim|30 Arunachal Pradesh|31 Mizoram|33 Goa
34 Bihar|35 Madhya Pradesh|36 Uttar Pradesh|37 Chhattisgarh|38 Jharkhand|39 Uttarakhand
40 Telangana|41 Ladakh|52 Dadra and Nagar Haveli and Daman and Diu
""",
    "BR": """
01 Acre|02 Alagoas|03 Amapá|04 Amazonas|05 Bahia|06 Ceará
07 Federal District/Distrito Federal|08 Espírito Santo|11 Mato Grosso do Sul|13 Maranhão
14 Mato Grosso|15 Minas Gerais/MG|16 Pará|17 Paraíba|18 Paraná/PR|20 Piauí|21 Rio de Janeiro/RJ
22 Rio Grande do Norte/RN|23 Rio Grande do Sul/RS|24 Rondônia|25 Roraima|26 Santa Catarina/SC
27 São Paulo/SP|28 Sergipe|29 Goiás/GO|30 Pernambuco/PE|31 Tocantins
""",
    "MX": """
01 Aguascalientes|02 Baja California|03 Baja California Sur|04 Campeche|05 Chiapas|06 Chihuahua
07 Coahuila|08 Colima|09 Mexico City/Distrito Federal/CDMX/CMX|10 Durango|11 Guanajuato
12 Guerrero|13 Hidalgo|14 Jalisco|15 State of Mexico/Estado de México|16 Michoacán|17 Morelos
18 Nayarit|19 Nuevo León|20 Oaxaca|21 Puebla|22 Querétaro|23 Quintana Roo|24 San Luis Potosí
25 Sinaloa|26 Sonora|27 Tabasco|28 Tamaulipas|29 Tlaxcala|30 Veracruz|31 Yucatán|32 Zacatecas
""",
    "JP": """
01 Aichi|02 Akita|03 Aomori|04 Chiba|05 Ehime|06 Fukui|07 Fukuoka|08 Fukushima|09 Gifu|10 Gunma
11 Hiroshima|12 Hokkaido|13 Hyogo/Hyōgo|14 Ibaraki|15 Ishikawa|16 Iwate|17 Kagawa|18 Kagoshima
19 Kanagawa|20 Kochi|21 Kumamoto|22 Kyoto|23 Mie|24 Miyagi|25 Miyazaki|26 Nagano|27 Nagasaki
28 Nara|29 Niigata|30 Oita|31 Okayama|32 Osaka|33 Saga|34 Saitama|35 Shiga|36 Shimane
37 Shizuoka|38 Tochigi|39 Tokushima|40 Tokyo/Tokyo-To|41 Tottori|42 Toyama|43 Wakayama
44 Yamagata|45 Yamaguchi|46 Yamanashi|47 Okinawa
""",
    "KR": """
01 Jeju/Jeju-do|03 North Jeolla/Jeollabuk-do|05 North Chungcheong/Chungcheongbuk-do
06 Gangwon/Gangwon-do|10 Busan|11 Seoul|12 Incheon|13 Gyeonggi/Gyeonggi-do
14 North Gyeongsang/Gyeongsangbuk-do
15 Daegu|16 South Jeolla/Jeollanam-do|17 South Chungcheong/Chungcheongnam-do|18 Gwangju
19 Daejeon|20 South Gyeongsang/Gyeongsangnam-do|21 Ulsan|22 Sejong
""",
    "NL": """
01 Drenthe|02 Friesland|03 Gelderland|04 Groningen|05 Limburg|06 North Brabant/Noord-Brabant
07 North Holland/Noord-Holland|09 Utrecht|10 Zeeland|11 South Holland/Zuid-Holland|15 Overijssel
16 Flevoland
""",
    "BE": "BRU Brussels Capital/Brussels|VLG Flanders/Vlaanderen|WAL Wallonia/Wallonie",
    "CH": """
AG Aargau|AI Appenzell Innerrhoden|AR Appenzell Ausserrhoden|BE Bern|BL Basel-Landschaft
BS Basel-Stadt/Basel|FR Fribourg|GE Geneva/Genève/Genf|GL Glarus|GR Graubünden|JU Jura|LU Lucerne
NE Neuchâtel|NW Nidwalden|OW Obwalden|SG Saint Gallen/St. Gallen|SH Schaffhausen|SO Solothurn
SZ Schwyz|TG Thurgau|TI Ticino|UR Uri|VD Vaud|VS Valais|ZG Zug|ZH Zurich/Zürich
""",
}
# Their codes are what people write.
_LETTERED = frozenset({"US"})


class Area(NamedTuple):
    """An area: the code of its country, its name, and the name folded (`Place.state_key`)."""

    country_code: str
    name: str
    key: str


def all_areas() -> list[Area]:
    """Return every area known here."""
    return list(_read()[0].values())


def area_of_code(country_code: str, code: str) -> Area | None:
    """Return the area that GeoNames gives a code within a country."""
    return _read()[0].get((country_code, code))


def areas_meant(text: str) -> tuple[Area, ...]:
    """Return the areas that people may mean ("WA": Washington and Western Australia)."""
    return _read()[1].get(folded(text), ())


def area_key(country_code: str, state: str) -> str:
    """Return the key of a state as a record writes it: of the area meant, or its folded text."""
    key = folded(state)
    meant = _read()[1].get(key, ())
    return next((area.key for area in meant if area.country_code == country_code), key)


def is_area(country_code: str, key: str) -> bool:
    """Tell whether a key is that of an area known here."""
    return any(
        area.key == key and area.country_code == country_code for area in _read()[1].get(key, ())
    )


Areas = tuple[dict[tuple[str, str], Area], dict[str, tuple[Area, ...]]]


@cache
def _read() -> Areas:
    """Return the areas by country and code, and by every name of theirs."""
    by_code: dict[tuple[str, str], Area] = {}
    by_name: dict[str, tuple[Area, ...]] = {}
    for country_code, table in _TABLE.items():
        for entry in (entry for line in table.strip().splitlines() for entry in line.split("|")):
            code, _, written = entry.partition(" ")
            name, *others = written.split("/")
            area = Area(country_code, name, folded(name))
            by_code[country_code, code] = area
            letters = [code] if country_code in _LETTERED else []
            for key in {folded(said) for said in (name, *others, *letters)}:
                by_name[key] = (*by_name.get(key, ()), area)
    return by_code, by_name
