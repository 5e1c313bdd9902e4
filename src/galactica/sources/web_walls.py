"""Answers of the web that look like pages and are none: "not found", logins, questions about cookies, robot checks.

A server may send any of them with status 200. They are told by what they call themselves (title and first heading), by
their address, and by having little else to say: a long page is never taken for one, so that an article about the error
404 stays. What is told so is left out by its reason, never in silence.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

FEW_WORDS = 250
"""Words of a page above which it has something to say; an ideograph counts for half a word."""

LOGIN_WORDS = 160
"""The same for a page on which a password is asked for: a form, its labels, a menu."""

LOOKED_AT = 300_000
"""Characters of a page that are looked at; what is longer is none of these."""

_TITLE = re.compile(r"<title[^<>]{0,500}>([^<]{0,1000})</title", re.IGNORECASE)
_HEADING = re.compile(r"<h[12]\b[^<>]{0,2000}>((?:[^<]|<(?!/h[12])){0,1000})", re.IGNORECASE)
_SILENT = re.compile(
    r"<(script|style|noscript|template|svg|select|head)\b[^<>]*>(?>(?:(?!</\1)[\s\S])*)|<!--(?>(?:(?!-->)[\s\S])*)-->",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,20000}>")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_PASSWORD = re.compile(r"<input\b[^<>]{0,2000}?\btype\s*=\s*[\"']?password", re.IGNORECASE)

_MISSING = re.compile(
    r"^\W*(?:(?:http|https|status|error|fehler|erreur|errore?|erro|ошибка|エラー)\W{0,5})?(?:error|code)?\W{0,4}(?:404|410)\b\W*"
    r"(?:$|error|not\b|page|file|seite|nicht|introuvable|no\b|não|p[aá]gina|oops|страница|gone|fehler|erreur)"
    r"|\b(?:error|fehler|erreur|errore|erro|http)\W{0,4}(?:404|410)\b|\b(?:404|410)\W{0,4}(?:error|not\s+found|fehler|erreur|page)\b"
    r"|\b(?:page|file|site|document|resource|content|article|url|object|item|entry|post|product|topic|user)s?"
    r"\s+(?:was\s+|is\s+|could\s+|can\s?|you\s+\w+\s+\w+\s+)?(?:not\s+(?:be\s+)?found|not\s+available|no\s+longer\s+"
    r"(?:available|exists?)|doesn.t\s+exist|does\s+not\s+exist|unavailable)\b|^\W*not\s+found\b|\bnot\s+found\W*$"
    r"|^\W*nothing\s+(?:was\s+)?found\b"
    r"|seite\s+(?:wurde\s+)?nicht\s+gefunden|nicht\s+gefunden\b|page\s+(?:non\s+trouvée|introuvable)|introuvable"
    r"|página\s+n(?:o|ão)\s+(?:encontrada|existe)|pagina\s+(?:non\s+trovata|niet\s+gevonden)|sidan\s+(?:hittades|finns)\s+inte"
    r"|siden\s+(?:blev\s+ikke|ble\s+ikke|findes\s+ikke|finnes\s+ikke)|sivua\s+ei\s+löyt|nie\s+znaleziono|nenalezena|nem\s+található"
    r"|bulunamadı|не\s+найден[ао]?\b|не\s+знайдено|не\s+існує|ページが(?:見つかりません|存在しません)|見つかりません"
    r"|页面不存在|找不到(?:页面|網頁|网页)|頁面不存在|未找到|페이지를\s*찾을\s*수|الصفحة\s+غير\s+موجودة|لم\s+يتم\s+العثور|ไม่พบหน้า"
    r"|không\s+tìm\s+thấy|halaman\s+tidak\s+ditemukan",
    re.IGNORECASE | re.MULTILINE,
)
_BROKEN = re.compile(
    r"^\W*(?:http|error|server\s+error)\W{1,4}(?:50[0-4]|40[0135]|429)\b|^\W*(?:50[0-4]|40[0135]|429)\W*"
    r"(?:$|error|internal|bad\s|service|gateway|unauthori|forbidden|method|too\s+many)"
    r"|\b(?:internal\s+server\s+error|service\s+(?:temporarily\s+)?unavailable|bad\s+gateway|gateway\s+time-?out|runtime\s+error"
    r"|database\s+(?:connection\s+)?error|error\s+establishing\s+a\s+database|an\s+error\s+(?:has\s+)?occurred|application\s+error"
    r"|site\s+(?:is\s+)?(?:under|down\s+for)\s+maintenance|bandwidth\s+limit\s+exceeded|account\s+(?:has\s+been\s+)?suspended"
    r"|400\s+bad\s+request|too\s+many\s+requests)\b|interner\s+serverfehler|wartungsarbeiten|ошибка\s+сервера",
    re.IGNORECASE | re.MULTILINE,
)
_ROBOT = re.compile(
    r"^\W*just\s+a\s+moment\W*$|attention\s+required!?\s*\|\s*cloudflare|\bare\s+you\s+(?:a\s+)?(?:human|robot)\b|^\W*captcha\W*$"
    r"|checking\s+(?:if\s+the\s+site\s+connection\s+is\s+secure|your\s+browser)|verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human"
    r"|\b(?:access|permission)\s+(?:to\s+this\s+page\s+has\s+been\s+)?denied\b|403\s+forbidden|ddos-guard|request\s+(?:rejected|blocked)"
    r"|unusual\s+traffic|security\s+check|bot\s+(?:verification|detection)|pardon\s+our\s+interruption|please\s+enable\s+(?:cookies|javascript)"
    r"|zugriff\s+verweigert|accès\s+refusé|acceso\s+denegado|доступ\s+(?:запрещ|ограничен)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"^\W*(?:before\s+you\s+continue|bevor\s+sie\s+fortfahren|avant\s+d.accéder|avant\s+de\s+continuer|antes\s+de\s+(?:ir|continuar)"
    r"|prima\s+di\s+continuare|voordat\s+je|innan\s+du\s+fortsätter)"
    r"|\b(?:cookie|privacy|consent|gdpr)\s*(?:consent|wall|gate|choices)\b"
    r"|your\s+privacy\s+(?:choices|is\s+important)|we\s+value\s+your\s+privacy|(?:mit\s+werbung|werbefrei)\s+(?:weiter|lesen)"
    r"|yahoo\s+is\s+(?:now\s+)?part\s+of|datenschutz-?einstellungen|age\s+verification|are\s+you\s+(?:over|of\s+legal)",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"(?:^|\.)(?:consent|guce|cmp|privacygate)\b|(?:^|[-.])consent\.", re.IGNORECASE)
_CONSENT_PATH = re.compile(r"/(?:consent|cookie-?wall|privacy-?gate|collectconsent)(?:/|$|\?|\.)", re.IGNORECASE)
_LOGIN = re.compile(
    r"\b(?:log\s?-?in|log\s?-?on|sign\s?-?in|sign\s+on|authentication\s+required|einloggen|anmelden|anmeldung|connexion"
    r"|se\s+connecter|iniciar\s+sesión|acceder|accedi|inloggen|logga\s+in|log\s+ind|zaloguj|přihlášení|belépés|giriş)\b"
    r"|войти|вход\b|авторизац|увійти|ログイン|サインイン|登录|登入|로그인|تسجيل\s+الدخول|เข้าสู่ระบบ|đăng\s+nhập",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|wp-login\.php|auth(?:/|$)|sso|session/new|users/sign_in|account/login|register|sign-?up|oauth)"
    r"(?:[/.?]|$)|special:userlogin|title=special:(?:userlogin|createaccount)",
    re.IGNORECASE,
)
_ROBOTS_TXT = re.compile(r"/robots\.txt$", re.IGNORECASE)


def is_robots_rules(address: str) -> bool:
    """Whether an address is that of a site's rules for robots (RFC 9309 §2.3)."""
    return _ROBOTS_TXT.search(address.partition("?")[0].partition("#")[0]) is not None


def wall_of(page: str, address: str) -> tuple[str, str]:
    """(reason, what the page says of itself) where an HTML page is none that anybody would read; ("", "") for a page.

    Reasons: "not-found", "error-page", "robot-check", "consent-page", "login-page".
    """
    if len(page) > LOOKED_AT:
        return "", ""
    title, told = _told(page)
    host, path = _parts(address)
    suspect = next((reason for reason, sign, whole in _SIGNS if sign.search(told if whole else title)), "")
    asks_consent = bool(_CONSENT_HOST.search(host) or _CONSENT_PATH.search(path))
    asks_login = _PASSWORD.search(page) is not None and bool(_LOGIN.search(told) or _LOGIN_PATH.search(path))
    if not (suspect or asks_consent or asks_login):
        return "", ""
    words = words_shown(page)
    said = told.replace("\n", " | ")
    if asks_login and words < LOGIN_WORDS:
        return "login-page", said
    if asks_consent and words < 4 * FEW_WORDS:
        return "consent-page", said
    return (suspect, said) if suspect and words < FEW_WORDS else ("", "")


_SIGNS = (
    # reason, sign, whether the first heading may say it too: above a page there may be a question about cookies
    ("robot-check", _ROBOT, False),
    ("consent-page", _CONSENT, False),
    ("not-found", _MISSING, True),
    ("error-page", _BROKEN, True),
)


def words_shown(page: str) -> int:
    """About how many words a page shows."""
    text = unescape(_TAG.sub(" ", _SILENT.sub(" ", page)))
    return len(text.split()) + len(_CJK.findall(text)) // 2


def _told(page: str) -> tuple[str, str]:
    """(title, or the first heading where there is none; both, a line each); without long ones, which are sentences."""
    title = _TITLE.search(page)
    heading = _HEADING.search(page)
    lines = [" ".join(unescape(_TAG.sub(" ", found[1])).split()) for found in (title, heading) if found]
    lines = [line for line in lines if line and len(line) <= 120]
    return (lines[0] if lines else ""), "\n".join(lines)


def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return parts.hostname or "", f"{parts.path}?{parts.query}"
    except ValueError:
        return "", ""
