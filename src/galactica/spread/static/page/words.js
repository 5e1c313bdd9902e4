// What the page says. Keys are the same in every language, which a test sees to.

const EN = {
  name: "Galactica", skip: "Skip to the content", search: "Search", placeholder: "Search this edition", home: "First page",
  opening: "Opening…", looking: "Looking…", reading: "Reading…", articles: "{n} articles", results: "{n} articles match “{q}”",
  nothing: "Nothing found for “{q}”.", missing: "Not in this edition: {words}.", instead: "“{word}” is not in this edition; “{other}” was looked for.",
  partial: "Of the commonest words only the articles that have them most were looked at.", exact: "so called",
  offline: "No network: this is read from what was seen before.", away: "This cannot be had now. What was read before can still be read without a network.",
  again: "Try again", refused: "What the server sent is not what this edition has: it is damaged, changed, or of another edition. Nothing of it is shown.",
  ranges: "The server does not know ranges: for a few bytes it would send everything. Another file server is needed.",
  old: "Here lies edition number {n}, but number {seen} was seen here before. It may be that somebody put an old one in its place. Nothing of it is shown.",
  wrong: "Here lies the edition {root}, not the one that was asked for.", anew: "Read it all the same",
  source: "Source", licence: "Licence", unknown: "not stated", date: "Date", original: "Original", contents: "Contents",
  proved: "Every byte of this article was checked against the root of the edition: it is article {n} of {all} in its order.",
  picture: "Picture, not in this edition's static form", root: "Root", number: "Edition number", languages: "Languages", sources: "Sources and licences",
  trust: "Who vouches for it", signed: "Signed by {n} of {all} keys of its publication ({who}).", changed: "The publication's keys are not those that were seen here first. That can be right, and it can be an attack.",
  unsigned: "Nobody signed it here. Compare the root with what its maker says.", unable: "This browser cannot check signatures (Ed25519). Compare the root with what its maker says.",
  badly: "There is a signature, but it does not hold.", named: "The root is the one that you named.", first: "These keys were first seen here on {day}.",
  about: "About this edition", spent: "{kb} kB read in {n} requests; the whole is {mb} MB.", none: "There is no article at this address.",
  page: "This page came from the same server as the edition: whoever changes the one can change the other. Only the program galactica checks without it.",
  suggestions: "Titles", other: "also: {name}",
};

const ZH = {
  name: "Galactica", skip: "跳到正文", search: "搜索", placeholder: "搜索本版本", home: "首页",
  opening: "正在打开…", looking: "正在查找…", reading: "正在读取…", articles: "{n} 篇条目", results: "“{q}”：共 {n} 篇条目",
  nothing: "没有找到“{q}”。", missing: "本版本中没有：{words}。", instead: "本版本中没有“{word}”；已改为查找“{other}”。",
  partial: "最常见的词只查看了含有它们最多的条目。", exact: "同名条目",
  offline: "没有网络：以下内容来自先前读过的部分。", away: "现在无法取得。先前读过的内容在没有网络时仍可阅读。",
  again: "再试一次", refused: "服务器发来的内容与本版本不符：可能已损坏、被改动，或属于另一版本。其内容一概不予显示。",
  ranges: "该服务器不支持范围请求：要几个字节，它会发来全部。请换一个文件服务器。",
  old: "此处是第 {n} 版，而先前在此见过第 {seen} 版。可能有人用旧版替换了它。其内容一概不予显示。",
  wrong: "此处是版本 {root}，不是所要的那一个。", anew: "仍然阅读",
  source: "来源", licence: "许可", unknown: "未注明", date: "日期", original: "原文", contents: "目录",
  proved: "本条目的每个字节都已与版本的根核对：按其次序是 {all} 篇中的第 {n} 篇。",
  picture: "图片，静态形式中没有", root: "根", number: "版本号", languages: "语言", sources: "来源与许可",
  trust: "由谁担保", signed: "由其发布的 {all} 把密钥中的 {n} 把签名（{who}）。", changed: "发布所用的密钥与此处最初见到的不同。这可能正常，也可能是攻击。",
  unsigned: "此处无人签名。请把根与制作者公布的相比较。", unable: "此浏览器不能核对签名（Ed25519）。请把根与制作者公布的相比较。",
  badly: "有签名，但不成立。", named: "根与您指定的一致。", first: "这些密钥首次见于 {day}。",
  about: "关于本版本", spent: "共 {n} 次请求，读取 {kb} kB；全部为 {mb} MB。", none: "此地址没有条目。",
  page: "本页与版本来自同一服务器：能改动其一的人也能改动其二。只有 galactica 程序能脱离本页进行核对。",
  suggestions: "标题", other: "又称：{name}",
};

const AR = {
  name: "Galactica", skip: "انتقل إلى المحتوى", search: "بحث", placeholder: "ابحث في هذه النسخة", home: "الصفحة الأولى",
  opening: "جارٍ الفتح…", looking: "جارٍ البحث…", reading: "جارٍ القراءة…", articles: "{n} مقالة", results: "«{q}»: {n} مقالة مطابقة",
  nothing: "لا شيء عن «{q}».", missing: "ليس في هذه النسخة: {words}.", instead: "«{word}» ليست في هذه النسخة؛ بُحث عن «{other}».",
  partial: "في الكلمات الأكثر شيوعًا نُظر فقط في المقالات التي تكثر فيها.", exact: "بهذا الاسم",
  offline: "لا شبكة: يُقرأ هذا مما سبقت رؤيته.", away: "لا يمكن الحصول على هذا الآن. ما قُرئ من قبل يُقرأ دون شبكة.",
  again: "حاول مرة أخرى", refused: "ما أرسله الخادم ليس ما في هذه النسخة: إما تالف أو مغيَّر أو من نسخة أخرى. لا يُعرض منه شيء.",
  ranges: "الخادم لا يعرف طلب الأجزاء: سيرسل كل شيء من أجل بضعة بايتات. يلزم خادم ملفات آخر.",
  old: "هنا النسخة رقم {n}، وقد شوهدت هنا من قبل النسخة رقم {seen}. ربما وضع أحدهم نسخة قديمة مكانها. لا يُعرض منها شيء.",
  wrong: "هنا النسخة {root} وليست المطلوبة.", anew: "اقرأها مع ذلك",
  source: "المصدر", licence: "الترخيص", unknown: "غير مذكور", date: "التاريخ", original: "الأصل", contents: "المحتويات",
  proved: "قورن كل بايت من هذه المقالة بجذر النسخة: هي المقالة {n} من {all} في ترتيبها.",
  picture: "صورة ليست في الشكل الثابت لهذه النسخة", root: "الجذر", number: "رقم النسخة", languages: "اللغات", sources: "المصادر والتراخيص",
  trust: "من يضمنها", signed: "وقّعها {n} من {all} من مفاتيح ناشرها ({who}).", changed: "مفاتيح الناشر ليست التي شوهدت هنا أول مرة. قد يكون ذلك صحيحًا، وقد يكون هجومًا.",
  unsigned: "لم يوقّعها أحد هنا. قارن الجذر بما يقوله صانعها.", unable: "لا يستطيع هذا المتصفح التحقق من التوقيعات (Ed25519). قارن الجذر بما يقوله صانعها.",
  badly: "هناك توقيع لكنه لا يصح.", named: "الجذر هو الذي سمّيته.", first: "شوهدت هذه المفاتيح هنا أول مرة في {day}.",
  about: "عن هذه النسخة", spent: "قُرئ {kb} كيلوبايت في {n} طلبًا؛ والكل {mb} ميغابايت.", none: "لا مقالة في هذا العنوان.",
  page: "جاءت هذه الصفحة من الخادم نفسه: من يغيّر إحداهما يستطيع تغيير الأخرى. برنامج galactica وحده يتحقق من دونها.",
  suggestions: "العناوين", other: "وأيضًا: {name}",
};

export const LANGUAGES = { en: EN, "zh-Hans": ZH, ar: AR };

const wished = (navigator.languages ?? []).map((tag) => tag.toLowerCase().split("-")[0]);
export const language = { zh: "zh-Hans", ar: "ar", en: "en" }[wished.find((tag) => ["zh", "ar", "en"].includes(tag)) ?? "en"];

const RTL = new Set("ar arc ckb dv fa he ku ps sd syr ug ur yi arz azb ary pnb glk mzn lrc bqi".split(" "));
export const direction = (tag) => (RTL.has((tag ?? "").toLowerCase().split("-")[0]) ? "rtl" : "auto");
export const pageDirection = RTL.has(language) ? "rtl" : "ltr";

/** The words for a key, filled in. */
export function say(key, values = {}) {
  // What is filled in stands by itself, whichever way it is written (Unicode Bidirectional Algorithm, isolates).
  return LANGUAGES[language][key].replace(/\{(\w+)\}/g, (_, name) => (pageDirection === "rtl" ? `\u2068${values[name] ?? ""}\u2069` : String(values[name] ?? "")));
}

export const number = (value) => new Intl.NumberFormat(language).format(value);
