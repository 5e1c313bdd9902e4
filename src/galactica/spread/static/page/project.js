// From an article's body to its plain text (docs/formats/body.md, "Projection"), as far as searching and showing need it.

const BLOCKS = new Set("address article aside blockquote caption center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul video audio br".split(" "));
const SILENT = new Set(["annotation", "annotation-xml"]);

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

export function project(body) {
  const pieces = body.split(/<([^>]*)>/);
  const out = [];
  let [due, pre, silent, depth, caret, last] = ["", 0, "", 0, false, ""];
  const write = (raw) => {
    let text = plain(raw);
    let trailing = false;
    if (!pre) {
      text = text.replace(/[ \t\n\r\f]+/g, " ");
      if (text === " ") {
        due ||= " ";
        return;
      }
      if (text[0] === " ") {
        due ||= " ";
        text = text.slice(1);
      }
      if ((trailing = text.endsWith(" "))) text = text.slice(0, -1);
    }
    if (due) {
      if (out.length) out.push(due);
      due = "";
    } else if (caret && /[\p{L}\p{N})]$/u.test(last) && /^[0-9+\-\u2212]/.test(text)) out.push("^");
    caret = false;
    out.push(text);
    last = text;
    if (trailing) due = " ";
  };
  pieces.forEach((piece, at) => {
    if (at % 2 === 0) {
      if (piece && !silent) write(piece);
      return;
    }
    const name = piece.split(" ", 1)[0];
    const closing = name.startsWith("/");
    const own = closing ? name.slice(1) : name;
    if (silent) {
      if (own === silent && !(depth += closing ? -1 : 1)) silent = "";
    } else if (BLOCKS.has(own)) {
      if (own === "pre") pre = Math.max(0, pre + (closing ? -1 : 1));
      due = "\n";
    } else if (closing && (own === "td" || own === "th")) {
      if (due !== "\n") due = "\t";
    } else if (own === "sup") {
      if (!closing && piece.includes('role="doc-noteref"')) [silent, depth] = [own, 1];
      else caret = !closing;
    } else if (SILENT.has(own) && !closing) [silent, depth] = [own, 1];
  });
  return out.join("");
}
