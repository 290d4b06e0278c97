"""Words for what is no word: units, money, marks, short forms. Values only."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MONTH_OF = {name[:3].lower(): name for name in MONTHS} | {name.lower(): name for name in MONTHS}
MONTH_OF["sept"] = "September"

# sign or code: (one, many, a hundredth, many of those)
MONEY = {
    "$": ("dollar", "dollars", "cent", "cents"), "usd": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"), "eur": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"), "gbp": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "sen", "sen"), "jpy": ("yen", "yen", "sen", "sen"),
    "₩": ("won", "won", "jeon", "jeon"), "₹": ("rupee", "rupees", "paisa", "paise"),
    "₽": ("rouble", "roubles", "kopek", "kopeks"),
}  # fmt: skip

# After a number, with or without a space: (one, many). Capitals count: Mb is no MB.
UNITS = {
    "%": ("percent", "percent"), "°": ("degree", "degrees"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "km": ("kilometre", "kilometres"),
    "m": ("metre", "metres"), "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"), "km/h": ("kilometre an hour", "kilometres an hour"),
    "kmh": ("kilometre an hour", "kilometres an hour"), "mph": ("mile an hour", "miles an hour"),
    "m/s": ("metre a second", "metres a second"), "mi": ("mile", "miles"), "ft": ("foot", "feet"),
    "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"), "mg": ("milligram", "milligrams"),
    "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"),
    "l": ("litre", "litres"), "L": ("litre", "litres"), "ml": ("millilitre", "millilitres"),
    "s": ("second", "seconds"), "sec": ("second", "seconds"), "ms": ("millisecond", "milliseconds"),
    "min": ("minute", "minutes"), "mins": ("minute", "minutes"), "h": ("hour", "hours"),
    "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "dB": ("decibel", "decibels"),
    "KB": ("kilobyte", "kilobytes"), "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"), "Mb": ("megabit", "megabits"), "Gb": ("gigabit", "gigabits"),
    "Mbps": ("megabit a second", "megabits a second"),
    "kbps": ("kilobit a second", "kilobits a second"),
    "W": ("watt", "watts"), "kW": ("kilowatt", "kilowatts"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "V": ("volt", "volts"), "A": ("amp", "amps"), "mAh": ("milliamp hour", "milliamp hours"),
    "px": ("pixel", "pixels"), "fps": ("frame per second", "frames per second"),
    "FPS": ("frame per second", "frames per second"), "rpm": ("turn a minute", "turns a minute"),
    "k": ("thousand", "thousand"), "K": ("K", "K"), "M": ("million", "million"),
    "B": ("billion", "billion"), "bn": ("billion", "billion"), "mn": ("million", "million"),
    "x": ("time", "times"), "X": ("time", "times"), "p": ("P", "P"),
    "XP": ("X P", "X P"), "HP": ("H P", "H P"), "hp": ("H P", "H P"), "pts": ("point", "points"),
    "in": ("inch", "inches"), "am": ("A M", "A M"), "pm": ("P M", "P M"),
    "AM": ("A M", "A M"), "PM": ("P M", "P M"),
}  # fmt: skip
ONLY_ATTACHED = {
    "m",
    "s",
    "g",
    "l",
    "L",
    "h",
    "k",
    "K",
    "M",
    "B",
    "x",
    "X",
    "p",
    "A",
    "V",
    "W",
    "in",
}

# With their dot: "St." is settled by what follows.
ABBREVIATIONS = {
    "dr.": "doctor", "mr.": "mister", "mrs.": "missus", "ms.": "miz", "prof.": "professor",
    "sr.": "senior", "jr.": "junior", "vs.": "versus", "vs": "versus", "etc.": "et cetera",
    "etc": "et cetera", "e.g.": "for example", "i.e.": "that is", "approx.": "approximately",
    "dept.": "department", "est.": "established", "ave.": "avenue", "inc.": "incorporated",
    "ltd.": "limited", "co.": "company", "ft.": "featuring", "feat.": "featuring",
    "no.": "no", "a.m.": "A M", "p.m.": "P M", "u.s.": "U S", "u.k.": "U K", "fig.": "figure",
    "vol.": "volume", "ep.": "episode", "min.": "minimum", "max.": "maximum", "tel.": "telephone",
    "ph.d.": "P H D", "capt.": "captain", "gen.": "general", "sgt.": "sergeant", "w/": "with",
    "w/o": "without", "b/c": "because", "n/a": "not available",
}  # fmt: skip
# What chats shorten.
SHORT = {
    "brb": "be right back", "omg": "oh my god", "idk": "I don't know", "btw": "by the way",
    "imo": "in my opinion", "imho": "in my humble opinion", "tbh": "to be honest",
    "gg": "good game",
    "ggs": "good games", "wp": "well played", "glhf": "good luck have fun", "gl": "good luck",
    "hf": "have fun", "thx": "thanks", "ty": "thank you", "tysm": "thank you so much",
    "np": "no problem", "pls": "please", "plz": "please", "nvm": "never mind",
    "afk": "away from keyboard", "irl": "in real life", "ppl": "people", "bc": "because",
    "msg": "message", "rn": "right now", "smh": "shaking my head", "fr": "for real",
    "ngl": "not gonna lie", "wdym": "what do you mean", "ily": "I love you", "gn": "good night",
    "gm": "good morning", "ikr": "I know right", "jk": "just kidding", "tho": "though",
    "u": "you", "ur": "your", "r": "are", "vid": "video", "vids": "videos", "mod": "mod",
    "lmk": "let me know", "hbu": "how about you", "wtf": "what the", "lmao": "L mao",
}  # fmt: skip
# Capitals that are said letter by letter although they could be read as words.
_LETTERED = """
    ai api ui ux cpu gpu usb usa uk eu un tv pc id ip io os ok obs rpg fps mmo moba dj vip faq diy
    ceo led lcd url sql ssd hdd dlc npc hp mp xp rgb isp nft pvp pve ios atm eta ufo fbi cia nhs bbc
"""
LETTERED = frozenset(_LETTERED.split())
# Without a vowel, and yet no letters.
HUMMED = {
    "hm": "hmm", "hmm": "hmm", "hmmm": "hmm", "mm": "mm", "mmm": "mm", "mhm": "mm hmm",
    "shh": "shush", "sh": "shush", "shhh": "shush", "pfft": "puff", "pff": "puff", "psst": "pist",
    "brr": "burr", "brrr": "burr", "tsk": "tisk", "grr": "gur", "grrr": "gur", "zzz": "zuzz",
    "mr": "mister", "mrs": "missus", "ms": "miz", "dr": "doctor", "nth": "enth",
}  # fmt: skip

# Emoji whose own names are long or dull; the library `emoji` names all others.
EMOJI = {
    "😂": "laughing", "🤣": "rolling with laughter", "❤": "heart", "😍": "heart eyes",
    "😭": "crying", "😊": "smiling", "😀": "grinning", "😁": "grinning", "😄": "grinning",
    "😃": "grinning", "🙂": "smiling", "😉": "winking", "😎": "cool", "🥰": "smiling with hearts",
    "😘": "blowing a kiss", "🤔": "thinking", "😅": "sweating", "😱": "screaming", "😡": "angry",
    "😠": "angry", "😢": "crying", "🥺": "pleading", "🙏": "please", "👏": "clapping",
    "👍": "thumbs up", "👎": "thumbs down", "🎉": "party popper", "✨": "sparkles", "🔥": "fire",
    "💀": "skull", "👀": "eyes", "😴": "sleeping", "👋": "waving", "💯": "one hundred",
}  # fmt: skip
EMOTICONS = {
    ":)": "smiling", ":-)": "smiling", ":d": "grinning", ":-d": "grinning", ";)": "winking",
    ";-)": "winking", ":(": "sad", ":-(": "sad", ":'(": "crying", ":p": "tongue out",
    ":-p": "tongue out", ":o": "surprised", "<3": "heart", "</3": "broken heart", "xd": "laughing",
    "^^": "smiling", "^_^": "smiling", ":3": "cat smile", "o_o": "staring", "-_-": "annoyed",
    ":/": "unsure", ":\\": "unsure", "t_t": "crying", "uwu": "oo woo", "owo": "oh woe",
}  # fmt: skip
SYMBOLS = {
    "&": "and", "+": "plus", "=": "equals", "%": "percent", "@": "at", "°": "degrees", "×": "times",
    "÷": "divided by", "±": "plus or minus", "<": "less than", ">": "greater than", "~": "about",
    "≈": "about", "≠": "is not", "≤": "at most", "≥": "at least", "→": "to", "√": "root of",
    "∞": "infinity", "#": "number", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen",
    "/": "slash", "½": "one half", "¼": "one quarter", "¾": "three quarters", "™": "", "®": "",
    "©": "copyright", "§": "section", "²": "squared", "³": "cubed", "µ": "micro", "♥": "heart",
    "★": "star", "☆": "star",
}  # fmt: skip
# Marks, and which of `phonemes.ENDS` they are for the voice.
MARKS = {
    ",": ",", ";": ",", ":": ",", "–": ",", "—": ",", "(": ",", ")": ",", "[": ",", "]": ",",
    "…": ".", ".": ".", "?": "?", "!": "!", "¿": "", "¡": "", "\n": ".",
}  # fmt: skip
SCRIPTS = {
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic", "HEBREW": "Hebrew",
    "DEVANAGARI": "Hindi", "THAI": "Thai", "GEORGIAN": "Georgian", "ARMENIAN": "Armenian",
    "BENGALI": "Bengali", "TAMIL": "Tamil", "ETHIOPIC": "Ethiopic",
}  # fmt: skip
# Latin letters that no decomposition makes plain.
PLAIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "th", "þ": "th", "ı": "i",
    "ħ": "h", "ŋ": "ng", "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "´": "'", "`": "'",
}  # fmt: skip
