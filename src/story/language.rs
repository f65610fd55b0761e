//! The language that a story is written in, by the tag that a browser knows it by (BCP 47).

/// Every language with a code of two letters (ISO 639-1), in the order of these: the code, its codes of three letters, its
/// name in English.
const LANGUAGES: &str = include_str!("languages.txt");

/// Scripts by their code (ISO 15924).
const SCRIPTS: &str = "Adlm Afak Aghb Ahom Arab Aran Armi Armn Avst Bali Bamu Bass Batk Beng Bhks Blis Bopo Brah Brai Bugi Buhd Cakm \
    Cans Cari Cham Cher Cirt Copt Cprt Cyrl Cyrs Deva Dsrt Dupl Egyd Egyh Egyp Elba Ethi Geok Geor Glag Goth Gran \
    Grek Gujr Guru Hanb Hang Hani Hano Hans Hant Hatr Hebr Hira Hluw Hmng Hrkt Hung Inds Ital Jamo Java Jpan Jurc \
    Kali Kana Khar Khmr Khoj Kitl Kits Knda Kore Kpel Kthi Lana Laoo Latf Latg Latn Leke Lepc Limb Lina Linb Lisu \
    Loma Lyci Lydi Mahj Mand Mani Marc Maya Mend Merc Mero Mlym Modi Mong Moon Mroo Mtei Mult Mymr Narb Nbat Newa \
    Nkgb Nkoo Nshu Ogam Olck Orkh Orya Osge Osma Palm Pauc Perm Phag Phli Phlp Phlv Phnx Piqd Plrd Prti Rjng Roro \
    Runr Samr Sara Sarb Saur Sgnw Shaw Shrd Sidd Sind Sinh Sora Sund Sylo Syrc Syre Syrj Syrn Tagb Takr Tale Talu \
    Taml Tang Tavt Telu Teng Tfng Tglg Thaa Thai Tibt Tirh Ugar Vaii Visp Wara Wole Xpeo Xsux Yiii Zmth Zsye Zsym";

/// Countries by their code (ISO 3166-1), and Kosovo.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

/// What is taken for the code of a language: countries whose code no language has, and codes that are no more.
const MISTAKEN: &[(&str, &str)] = &[
    ("al", "sq"),
    ("at", "de"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gb", "en"),
    ("gr", "el"),
    ("il", "he"),
    ("ir", "fa"),
    ("iw", "he"),
    ("ji", "yi"),
    ("jp", "ja"),
    ("pk", "ur"),
    ("ua", "uk"),
    ("us", "en"),
    ("vn", "vi"),
];

/// Scripts that are read from right to left, and the languages that are written in one where their tag names none.
const RIGHT_TO_LEFT_SCRIPTS: &str = "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Syre Syrj Syrn Thaa";
const RIGHT_TO_LEFT: &str = "ar dv fa he ks ps sd ug ur yi \
    acm aeb ajp apc arc arq ary arz azb bal bqi ckb glk lrc mzn nqo pnb prs skr syr";

/// A language tag: the language, and where it says so the script and the country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Language {
    code: String,
    script: Option<String>,
    country: Option<String>,
}

/// What is wrong with a tag, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoLanguage {
    pub told: String,
    pub help: String,
}

impl Language {
    /// In any case, as the standard has it: `EN-gb` is `en-GB`.
    pub fn parse(written: &str) -> Result<Self, NoLanguage> {
        let mut parts = written.split('-').peekable();
        let first = parts.next().unwrap_or_default();
        let code = first.to_ascii_lowercase();
        let of_letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !(2..=3).contains(&code.len()) || !of_letters(&code) {
            return Err(no_tag(written));
        }
        if !is_language(&code) {
            return Err(no_language(first, &code));
        }
        let script = parts.next_if(|part| part.len() == 4 && of_letters(part)).map(capitalised);
        if let Some(script) = script.as_deref().filter(|script| !lists(SCRIPTS, script)) {
            return Err(NoLanguage {
                told: format!("`{script}` is the code of no script"),
                help: format!("write `\"{code}\"`, or with a script’s code of four letters, such as `\"sr-Latn\"`"),
            });
        }
        let is_country = |part: &str| part.len() == 2 && of_letters(part) || is_part_of_the_world(part);
        let country = parts.next_if(|part| is_country(part)).map(str::to_ascii_uppercase);
        let known = |country: &str| lists(COUNTRIES, country) || is_part_of_the_world(country);
        if let Some(country) = country.as_deref().filter(|country| !known(country)) {
            let write = match country {
                "UK" => format!("the code of the United Kingdom is `GB`: write `\"{code}-GB\"`"),
                "EN" => format!("the code of England’s country is `GB`: write `\"{code}-GB\"`"),
                _ => format!("write `\"{code}\"`, or with a country’s code of two letters, such as `\"en-GB\"`"),
            };
            return Err(NoLanguage { told: format!("`{country}` is the code of no country"), help: write });
        }
        let language = Self { code, script, country };
        if let Some(rest) = parts.next() {
            let told = if rest.is_empty() { NO_CODE.to_owned() } else { format!("`{rest}` does not belong here") };
            let help = format!("write `\"{}\"`: a language, and if need be its script and its country", language.tag());
            return Err(NoLanguage { told, help });
        }
        Ok(language)
    }

    /// As it is usually written: `sr-Latn-RS`.
    pub fn tag(&self) -> String {
        let parts = [Some(&self.code), self.script.as_ref(), self.country.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("-")
    }

    fn is_right_to_left(&self) -> bool {
        match &self.script {
            Some(script) => lists(RIGHT_TO_LEFT_SCRIPTS, script),
            None => lists(RIGHT_TO_LEFT, &self.code),
        }
    }
}

/// Whether what is written in the language of this tag is read from right to left.
#[must_use]
pub fn is_right_to_left(tag: &str) -> bool {
    Language::parse(tag).is_ok_and(|language| language.is_right_to_left())
}

fn lists(codes: &str, code: &str) -> bool {
    codes.split_ascii_whitespace().any(|known| known == code)
}

/// Whether this is the number of a part of the world (UN M.49): `es-419` is the Spanish of Latin America.
fn is_part_of_the_world(part: &str) -> bool {
    part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn capitalised(part: &str) -> String {
    let (first, rest) = part.split_at(1);
    first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
}

/// Each language's code of two letters, its codes of three, its name.
fn languages() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    LANGUAGES.lines().filter_map(|line| {
        let (code, rest) = line.split_once(' ')?;
        let (longer, name) = rest.split_once(' ')?;
        Some((code, longer, name))
    })
}

/// Some 7,000 languages have a code of three letters alone, and these are taken as they are; one that has a code of two
/// letters goes by that.
fn is_language(code: &str) -> bool {
    languages().any(|(known, _, _)| known == code) || (code.len() == 3 && shorter(code).is_none())
}

/// The language whose code of three letters this is, where it has one of two.
fn shorter(code: &str) -> Option<(&'static str, &'static str)> {
    languages().find(|(_, longer, _)| longer.split(',').any(|known| known == code)).map(|(code, _, name)| (code, name))
}

fn no_language(written: &str, code: &str) -> NoLanguage {
    let mistaken = MISTAKEN.iter().find(|(wrong, _)| *wrong == code).map(|(_, right)| *right);
    let meant = languages().find(|(known, _, _)| Some(*known) == mistaken).map(|(code, _, name)| (code, name));
    let help = match meant.or_else(|| shorter(code)) {
        Some((code, name)) => format!("the code of {name} is `{code}`: write `\"{code}\"`"),
        None => EXAMPLES.to_owned(),
    };
    NoLanguage { told: format!("`{written}` is the code of no language"), help }
}

const NO_CODE: &str = "this is not a language’s code";
const EXAMPLES: &str = "write the language’s code, for instance `\"en\"`, `\"fr\"` or `\"pt-BR\"`";

/// What has not even the shape of a tag: a language by its name, or a tag as programmers write it.
fn no_tag(written: &str) -> NoLanguage {
    let with_dashes = written.replace('_', "-");
    let named = languages().find(|(_, _, name)| name.eq_ignore_ascii_case(written.trim()));
    let help = match named {
        Some((code, _, name)) => format!("the code of {name} is `{code}`: write `\"{code}\"`"),
        None if with_dashes != written => match Language::parse(&with_dashes) {
            Ok(language) => format!("write `\"{}\"`", language.tag()),
            Err(_) => EXAMPLES.to_owned(),
        },
        None => EXAMPLES.to_owned(),
    };
    NoLanguage { told: NO_CODE.to_owned(), help }
}

#[cfg(test)]
mod tests {
    use super::{Language, is_right_to_left};

    #[test]
    fn a_language_is_taken_by_its_code_in_any_case() {
        for (written, tag) in [
            ("en", "en"),
            ("EN", "en"),
            ("en-gb", "en-GB"),
            ("pt-BR", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("sr-Latn", "sr-Latn"),
            ("es-419", "es-419"),
            ("gsw", "gsw"),
            ("gsw-CH", "gsw-CH"),
        ] {
            assert_eq!(Language::parse(written).map(|language| language.tag()).as_deref(), Ok(tag), "{written}");
        }
    }

    #[test]
    fn what_is_no_language_is_told_with_what_to_write() {
        for (written, told, help) in [
            ("jp", "`jp` is the code of no language", "the code of Japanese is `ja`: write `\"ja\"`"),
            ("iw", "`iw` is the code of no language", "the code of Hebrew is `he`: write `\"he\"`"),
            ("ger", "`ger` is the code of no language", "the code of German is `de`: write `\"de\"`"),
            ("eng-US", "`eng` is the code of no language", "the code of English is `en`: write `\"en\"`"),
            ("xx", "`xx` is the code of no language", "for instance `\"en\"`"),
            ("en-UK", "`UK` is the code of no country", "write `\"en-GB\"`"),
            ("en-QQ", "`QQ` is the code of no country", "write `\"en\"`, or"),
            ("sr-Lant", "`Lant` is the code of no script", "write `\"sr\"`, or"),
            ("en-british", "`british` does not belong here", "write `\"en\"`: a language"),
            ("en-GB-GB", "`GB` does not belong here", "write `\"en-GB\"`"),
            ("English", "this is not a language’s code", "the code of English is `en`: write `\"en\"`"),
            ("en_GB", "this is not a language’s code", "write `\"en-GB\"`"),
            ("klingonish", "this is not a language’s code", "for instance `\"en\"`"),
            ("", "this is not a language’s code", "for instance `\"en\"`"),
            ("-", "this is not a language’s code", "for instance `\"en\"`"),
            ("en-", "this is not a language’s code", "write `\"en\"`"),
        ] {
            let wrong = Language::parse(written).expect_err(written);
            assert!(wrong.told.starts_with(told) && wrong.help.contains(help), "{written}: {wrong:?}");
        }
    }

    #[test]
    fn the_script_tells_the_direction_and_without_it_the_language() {
        for tag in ["ar", "he", "fa", "ur", "yi", "ar-EG", "az-Arab", "ckb", "ps", "ug"] {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["", "en", "tr", "az", "uz-Latn", "ku", "ug-Latn", "hi", "zh-Hant"] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
    }
}
