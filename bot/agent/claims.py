"""Claims that only our own cards may make: about availability, requests, what was stored, and what somebody may do."""

from __future__ import annotations

import re

_PATTERNS = (
    # English
    r"\b(?:i|we)(?:'ve|’ve| have|'ll|’ll| will)?(?: just| already| now| also)* (?:request|add|download"
    r"|order|sav|stor|rat|mark|grant|"
    r"unlock|approv|delet|remov|notif|sent|send|updat|set|schedul|chang)\w*",
    r"\b(?:is|are|was|were|it's|they're|been|now|currently|already|not|isn't|aren't) (?:now |already "
    r"|currently |also )?"
    r"(?:available|requested|approved|declined|downloaded|downloading|pending|unlocked|added|in (?:your"
    r"|the|our) librar\w+"
    r"|on (?:your|the|our) server)\b",
    r"\b(?:in|on|from|to) (?:your|our|the) (?:library|server|plex|jellyfin|watchlist|collection)\b",
    r"\b(?:you|everyone|they|he|she) (?:now )?(?:may|can|could|are allowed to|have permission to"
    r"|have access to|are an?) "
    r"?(?:now )?(?:request|approve|admin|access|see everything|watch anything)\w*",
    r"\b(?:permission|permissions|quota|admin|administrator|access rights?|age limit|password|token|api key)s?\b",
    r"\b(?:streaming|available|stream) (?:on|for free)\b",
    r"\b(?:netflix|disney\+|prime video|hulu|hbo max|apple tv)\b",
    # German
    r"\b(?:ich|wir) (?:habe|haben|hab|werde|werden)\b.*\b(?:angefragt|hinzugefügt|heruntergeladen"
    r"|gespeichert|bewertet|markiert|"
    r"freigeschaltet|genehmigt|gelöscht|entfernt|bestellt|geändert|anfragen|hinzufügen|herunterladen"
    r"|speichern|löschen)\b",
    r"\b(?:verfügbar|angefragt|genehmigt|abgelehnt|heruntergeladen|freigeschaltet|freigegeben)\b",
    r"\b(?:in|auf|aus) (?:deiner|eurer|unserer|der|dem|deinem|eurem|unserem) (?:bibliothek|server"
    r"|merkliste|watchlist)\b",
    r"\b(?:berechtigung|berechtigungen|rechte|kontingent|administrator|altersgrenze|passwort|zugriff)\b",
    r"\bdu (?:darfst|kannst) (?:jetzt |nun )?(?:alles|anfragen|genehmigen)\b",
    # French
    r"\bj(?:’|'|e )?(?:ai|vais|viens d[e’'])\b.*\b(?:demandé|ajouté|téléchargé|enregistré|noté|marqué"
    r"|débloqué|approuvé|supprimé|"
    r"commandé|modifié|demander|ajouter|télécharger|enregistrer|supprimer)\w*\b",
    r"\b(?:disponibles?|demandée?s?|approuvée?s?|refusée?s?|téléchargée?s?|débloquée?s?)\b",
    r"\b(?:dans|sur|de) (?:ta|ton|votre|notre|la|le) (?:bibliothèque|serveur|liste|watchlist)\b",
    r"\b(?:permissions?|droits|quota|administrateur|limite d[’']âge|mot de passe|accès)\b",
    r"\btu (?:peux|as le droit de) (?:maintenant )?(?:tout|demander|approuver)\b",
)
_CLAIM = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.DOTALL)


def claims_something(sentence: str) -> bool:
    """Whether a sentence says what a model cannot know, in English, German or French."""
    return _CLAIM.search(sentence) is not None
