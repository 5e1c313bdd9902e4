"""What languages are called in a few languages: `{{lang-de|…}}` says "German" before the words.

Source: Unicode CLDR, localeDisplayNames. Only what such templates commonly need.
"""

from __future__ import annotations

_ENGLISH = """
aa Afar|ab Abkhaz|af Afrikaans|am Amharic|an Aragonese|ang Old_English|ar Arabic|arc Aramaic|as Assamese|ast Asturian|ay Aymara
az Azerbaijani|ba Bashkir|bar Bavarian|be Belarusian|bg Bulgarian|bn Bengali|bo Tibetan|br Breton|bs Bosnian|ca Catalan|ce Chechen
co Corsican|cs Czech|cu Church_Slavonic|cv Chuvash|cy Welsh|da Danish|de German|dv Maldivian|egy Egyptian|el Greek|en English
eo Esperanto|es Spanish|et Estonian|eu Basque|fa Persian|fi Finnish|fo Faroese|fr French|fy West_Frisian|ga Irish|gd Scottish_Gaelic
gl Galician|gn Guarani|got Gothic|grc Ancient_Greek|gsw Alemannic_German|gu Gujarati|ha Hausa|haw Hawaiian|he Hebrew|hi Hindi
hr Croatian|hsb Upper_Sorbian|ht Haitian_Creole|hu Hungarian|hy Armenian|ia Interlingua|id Indonesian|ig Igbo|io Ido|is Icelandic
it Italian|ja Japanese|jv Javanese|ka Georgian|kk Kazakh|kl Greenlandic|km Khmer|kn Kannada|ko Korean|ku Kurdish|kw Cornish
ky Kyrgyz|la Latin|lad Judaeo-Spanish|lb Luxembourgish|li Limburgish|ln Lingala|lo Lao|lt Lithuanian|lv Latvian|mg Malagasy
mi Māori|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|my Burmese|nah Nahuatl|nb Norwegian_Bokmål
nds Low_German|ne Nepali|nl Dutch|nn Norwegian_Nynorsk|no Norwegian|nv Navajo|oc Occitan|os Ossetian|pa Punjabi|pl Polish
ps Pashto|pt Portuguese|qu Quechua|rm Romansh|ro Romanian|ru Russian|rw Kinyarwanda|sa Sanskrit|sc Sardinian|scn Sicilian
sco Scots|sd Sindhi|se Northern_Sami|sh Serbo-Croatian|si Sinhala|sk Slovak|sl Slovene|sm Samoan|sn Shona|so Somali|sq Albanian
sr Serbian|su Sundanese|sv Swedish|sw Swahili|ta Tamil|te Telugu|tg Tajik|th Thai|ti Tigrinya|tk Turkmen|tl Tagalog|to Tongan
tr Turkish|tt Tatar|ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|wa Walloon|wo Wolof|xh Xhosa|yi Yiddish|yo Yoruba
zh Chinese|zu Zulu|rus Russian|fra French|deu German|eng English|lat Latin
"""
_CHINESE = """
en 英語|de 德語|fr 法語|es 西班牙語|it 義大利語|pt 葡萄牙語|ru 俄語|ja 日語|ko 韓語|la 拉丁語|el 希臘語|ar 阿拉伯語|nl 荷蘭語|pl 波蘭語
uk 烏克蘭語|tr 土耳其語|vi 越南語|th 泰語|he 希伯來語|fa 波斯語|hi 印地語|sa 梵語|cs 捷克語|sv 瑞典語|da 丹麥語|fi 芬蘭語|hu 匈牙利語
"""
_JAPANESE = """
en 英語|de ドイツ語|fr フランス語|es スペイン語|it イタリア語|pt ポルトガル語|ru ロシア語|zh 中国語|ko 朝鮮語|la ラテン語|el ギリシア語
ar アラビア語|nl オランダ語|pl ポーランド語|uk ウクライナ語|tr トルコ語|vi ベトナム語|th タイ語|he ヘブライ語|fa ペルシア語|hi ヒンディー語
sa サンスクリット|cs チェコ語|sv スウェーデン語|da デンマーク語|fi フィンランド語|hu ハンガリー語
"""
_VIETNAMESE = """
en tiếng_Anh|de tiếng_Đức|fr tiếng_Pháp|es tiếng_Tây_Ban_Nha|it tiếng_Ý|pt tiếng_Bồ_Đào_Nha|ru tiếng_Nga|zh tiếng_Trung|la tiếng_Latinh
ko tiếng_Hàn|ja tiếng_Nhật|el tiếng_Hy_Lạp|ar tiếng_Ả_Rập|nl tiếng_Hà_Lan|pl tiếng_Ba_Lan|uk tiếng_Ukraina|tr tiếng_Thổ_Nhĩ_Kỳ
"""


def _read(rows: str) -> dict[str, str]:
    pairs = (row.split(" ", 1) for line in rows.strip().split("\n") for row in line.split("|"))
    return {code: name.replace("_", " ") for code, name in pairs}


_NAMES = {"en": _read(_ENGLISH), "zh": _read(_CHINESE), "ja": _read(_JAPANESE), "vi": _read(_VIETNAMESE)}


def language_name(code: str, page_language: str) -> str:
    """What the language `code` is called on a page in `page_language`; "" where that is not known here."""
    names = _NAMES.get(page_language.partition("-")[0], {})
    return names.get(code) or names.get(code.partition("-")[0], "")
