"""The names of months in the languages of phones.

A written month begins a name ("sept.", "septembre") or has one in front ("januára", "január"), so short forms and
endings need no list. The same word can be another month elsewhere ("lis" is November in Polish, October in Croatian),
so all words of a file choose its language together."""

import unicodedata
from collections.abc import Iterable

SHORTEST = 3  # letters of a beginning
# Twelve names a language; after a slash stand other ways to write one.
NAMES = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar/jänner februar/feber märz/mrz april mai juni juli august september oktober november dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "nl": "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec "
    "sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август "
    "сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "uk": "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень "
    "серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    "cs": "ledna/leden února/únor března/březen dubna/duben května/květen/kvě června/červen/čvn července/červenec/čvc "
    "srpna/srpen září října/říjen listopadu/listopad prosince/prosinec",
    "sk": "január február marec/marca apríl máj/mája jún/júna júl/júla august september/septembra október/októbra "
    "november/novembra december/decembra",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie/nov decembrie",
    "hr": "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj "
    "srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada/listopad studenoga/studeni prosinca/prosinac",
    "el": "ιανουαρίου/ιανουάριος φεβρουαρίου/φεβρουάριος μαρτίου/μάρτιος/μάρ απριλίου/απρίλιος μαΐου/μάιος/μαΐ "
    "ιουνίου/ιούνιος/ιούν ιουλίου/ιούλιος/ιούλ αυγούστου/αύγουστος/αύγ σεπτεμβρίου/σεπτέμβριος οκτωβρίου/οκτώβριος "
    "νοεμβρίου/νοέμβριος/νοέ δεκεμβρίου/δεκέμβριος",
    "ca": "gener febrer març abril maig juny juliol agost/ag setembre octubre novembre desembre",
    "id": "januari februari maret april mei juni juli agustus/agt september oktober november desember",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "gl": "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
    "sl": "januar februar marec april maj junij julij avgust september oktober november december",
    "sr": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "lv": "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    "lt": "sausio/sausis vasario/vasaris kovo/kovas balandžio/balandis gegužės/gegužė birželio/birželis liepos/liepa "
    "rugpjūčio/rugpjūtis rugsėjo/rugsėjis spalio/spalis lapkričio/lapkritis gruodžio/gruodis",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "ינואר/בינואר פברואר/בפברואר מרץ/במרץ אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט "
    "ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
}


def _folded(word: str) -> str:
    """Returns the letters without accents: "févr" and "fevr", "ağu" and "agu" are one."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))


MONTHS = {language: [tuple(_folded(names).split("/")) for names in line.split()] for language, line in NAMES.items()}


def _month(word: str, language: str) -> int | None:
    """Returns 1 to 12; None where the word is of no month, or of several ("jui")."""
    exactly = [month for month, names in enumerate(MONTHS[language], start=1) if word in names]
    nearly = [
        month
        for month, names in enumerate(MONTHS[language], start=1)
        if any(_begins(word, name, SHORTEST) or _begins(name, word, SHORTEST + 1) for name in names)
    ]
    found = exactly or nearly
    return found[0] if len(found) == 1 else None


def _begins(short: str, long: str, letters: int) -> bool:
    return len(short) >= letters and long.startswith(short)


def months_of(words: Iterable[str]) -> dict[str, int]:
    """Returns the months of a file's words. Other words of dates ("de", "at", "mon") are left out.

    The language that knows the most of them decides. What it does not know is of another language where all that know
    it agree: the phone's language may have changed in between."""
    folded = {word: _folded(word) for word in words}
    known = {
        language: {word: month for word, plain in folded.items() if (month := _month(plain, language))}
        for language in MONTHS
    }
    best = max(known.values(), key=len)
    others = {word: {found[word] for found in known.values() if word in found} for word in folded if word not in best}
    return best | {word: found.pop() for word, found in others.items() if len(found) == 1}
