// The review: shows one document at a time beside its page, and keeps what a person marks until it is saved as a file.
// The documents stand in the page as JSON. All of their text goes into text nodes, so nothing in it can act.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const index = read("index");
  const key = `wenqing-review-${index.digest}`;
  const marked = restored(); // by the number of a document: {marks: {line: "text" | "noise"}, wrong, right, good}
  let found = []; // numbers of the documents that the filters let through
  let current = -1; // the document shown
  let chosen = null; // its line that is to be marked, counted from 0
  let rows = []; // by line of the page: {parts, edits}
  let saved = true;

  const element = (tag, words, className) => {
    const made = document.createElement(tag);
    if (words !== undefined) made.textContent = words;
    if (className) made.className = className;
    return made;
  };

  // Characters that show nothing, or turn the text around, are written as escapes.
  const visible = (text) =>
    text.replace(/[\p{C}\p{Zl}\p{Zp}]|(?![ \u3000])\p{Zs}/gu, (char) => {
      const code = char.codePointAt(0);
      if (code === 9) return "\\t";
      if (code === 10) return "⏎";
      if (/\p{Zs}/u.test(char)) return "␣";
      return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
    });

  // The lines of the page, each with its pieces; those of the text, each with the line of the page that it is from.
  function laidOut(pieces) {
    const page = [{ parts: [], edits: [] }];
    const text = [{ words: "", from: 0, empty: true }];
    const write = (words, line) => {
      words.split("\n").forEach((part, number) => {
        if (number) text.push({ words: "", from: line, empty: true });
        const last = text[text.length - 1];
        if (last.empty && part.trim()) Object.assign(last, { from: line, empty: false });
        last.words += part;
      });
    };
    for (const piece of pieces) {
      const edit = typeof piece === "string" ? null : { old: piece[0], fresh: piece[1], rule: piece[2], told: piece[3] };
      const begin = page.length - 1;
      (edit ? edit.old : piece).split("\n").forEach((part, number, all) => {
        if (number) {
          if (edit) page[page.length - 1].parts.push({ words: "⏎", edit });
          page.push({ parts: [], edits: [] });
          if (!edit) text.push({ words: "", from: page.length - 1, empty: true });
        }
        const line = page[page.length - 1];
        if (part) line.parts.push({ words: part, edit });
        if (edit && (part || number < all.length - 1 || all.length === 1)) line.edits.push(edit);
        if (!edit && part) write(part, page.length - 1);
      });
      if (edit && edit.fresh) {
        page[page.length - 1].parts.push({ words: edit.fresh, edit, fresh: true });
        write(edit.fresh, begin);
      }
    }
    return { page, text };
  }

  // Edits that take words have their rule written beside them; those that mend signs and blanks are too many.
  const takesWords = ({ old, fresh }) => !fresh && /[\p{L}\p{N}]/u.test(old);

  function reason(edit) {
    return `${edit.rule}: ${index.rules[edit.rule] || "no rule of these"}${edit.told ? ` (${edit.told})` : ""}`;
  }

  function row(line, className) {
    const made = element("div", undefined, `row ${className || ""}`);
    made.dataset.line = line;
    made.append(element("i", line + 1), element("span"));
    return made;
  }

  function pageRow({ parts }, line) {
    const made = row(line);
    const told = new Set();
    for (const { words, edit, fresh } of parts) {
      if (!edit) {
        made.lastChild.append(visible(words));
        continue;
      }
      if (!told.has(edit) && takesWords(edit)) made.lastChild.append(element("sup", edit.rule));
      told.add(edit);
      const mark = element(fresh ? "ins" : "del", visible(words));
      mark.title = reason(edit);
      made.lastChild.append(mark);
    }
    return made;
  }

  const state = () => (marked[current] ||= { marks: {} });
  const isCorrected = (number) => {
    const one = marked[number];
    return Boolean(one && (one.wrong || one.good || Object.keys(one.marks).length));
  };

  function show(number) {
    current = number;
    chosen = null;
    const one = read(`d${number}`);
    const about = index.documents[number];
    const { page, text } = laidOut(one.pieces);
    rows = page;
    $("title").textContent = visible(about.title || "(no title)");
    $("name").textContent = visible(about.name);
    $("note").hidden = !one.note;
    $("note").textContent = one.note || "";
    $("page").replaceChildren(...page.map(pageRow));
    const leaks = new Set(one.leaks);
    $("text").replaceChildren(
      ...text.map(({ words, from }, place) => {
        const made = row(from, leaks.has(place) ? "leak" : "");
        made.lastChild.append(about.chars ? visible(words) : "(no text)");
        if (leaks.has(place)) made.title = "a line of the site's frame: it stands in many of its documents";
        return made;
      }),
    );
    $("facts").replaceChildren(
      ...one.facts.map(([name, fact]) => {
        const made = element("tr");
        made.append(element("th", name), element("td", visible(fact)));
        return made;
      }),
    );
    $("rules").closest("table").hidden = !one.rules.length;
    $("rules").replaceChildren(
      ...one.rules.map(([rule, count, chars]) => {
        const made = element("tr");
        made.append(element("td", rule, "id"), element("td", count.toLocaleString("en"), "n"));
        made.append(element("td", chars.toLocaleString("en"), "n"), element("td", index.rules[rule] || "", "why"));
        return made;
      }),
    );
    $("page").scrollTop = $("text").scrollTop = 0;
    window.scrollTo(0, 0);
    told();
  }

  // What is marked, as it is seen.
  function told() {
    const has = current >= 0;
    const one = (has && marked[current]) || { marks: {} };
    $("document").hidden = !has;
    const at = found.indexOf(current);
    $("place").textContent = has ? `${at + 1} of ${found.length}` : "no document";
    $("previous").disabled = at <= 0;
    $("next").disabled = at < 0 || at === found.length - 1;
    const count = Object.keys(marked).filter(isCorrected).length;
    $("save").disabled = !count;
    $("save").classList.toggle("due", Boolean(count) && !saved);
    $("save").firstChild.data = `Save ${count ? `${count} ` : ""}correction${count === 1 ? "" : "s"} `;
    $("title").classList.toggle("wrong", Boolean(one.wrong));
    $("wrong").ariaPressed = String(Boolean(one.wrong));
    $("right").hidden = !one.wrong;
    if ($("right").value !== (one.right || "")) $("right").value = one.right || "";
    $("good").ariaPressed = String(Boolean(one.good));
    for (const added of document.querySelectorAll(".row.added")) added.remove();
    for (const made of document.querySelectorAll(".row")) {
      const mark = one.marks[made.dataset.line];
      made.classList.toggle("text", mark === "text");
      made.classList.toggle("noise", mark === "noise");
      made.classList.toggle("chosen", Number(made.dataset.line) === chosen);
    }
    addTaken(one.marks);
    for (const item of $("documents").children) {
      item.firstChild.ariaCurrent = String(Number(item.dataset.number) === current);
    }
    $("marking").hidden = chosen === null;
    if (chosen === null) return;
    const rules = [...new Set(rows[chosen].edits.map(reason))];
    const words = served(chosen);
    const [line, why] = [element("b", `Line ${chosen + 1} `), element("span", rules.join("; ") || "kept as it is", "soft")];
    $("chosen").replaceChildren(line, words.length > 120 ? `${words.slice(0, 120)}… ` : `${words} `, why);
    $("mark-text").ariaPressed = String(one.marks[chosen] === "text");
    $("mark-noise").ariaPressed = String(one.marks[chosen] === "noise");
  }

  // Lines of the page that the document lacks and that are marked as text are shown where they belong.
  function addTaken(marks) {
    const shown = new Set([...$("text").children].map((made) => Number(made.dataset.line)));
    for (const line of Object.keys(marks).map(Number)) {
      if (marks[line] !== "text" || shown.has(line)) continue;
      const made = row(line, "added text");
      made.lastChild.append(served(line));
      made.classList.toggle("chosen", line === chosen);
      const before = [...$("text").children].find((other) => Number(other.dataset.line) > line);
      $("text").insertBefore(made, before || null);
    }
  }

  // What stands in a line of the page, as served.
  const served = (line) =>
    visible(rows[line].parts.filter(({ fresh, words }) => !fresh && words !== "⏎").map(({ words }) => words).join(""));

  function choose(line) {
    chosen = line;
    told();
    if (line === null) return;
    for (const side of ["page", "text"]) {
      const made = $(side).querySelector(`[data-line="${line}"]`);
      if (made && getComputedStyle($(side)).maxHeight !== "none") {
        const [inside, around] = [made.getBoundingClientRect(), $(side).getBoundingClientRect()];
        if (inside.bottom <= around.top || inside.top >= around.bottom) $(side).scrollTop += inside.top - around.top;
      }
    }
  }

  function mark(value) {
    if (chosen === null) return;
    const { marks } = state();
    if (value) marks[chosen] = value;
    else delete marks[chosen];
    delete state().good;
    keep();
  }

  function toggle(name) {
    if (current < 0) return;
    const one = state();
    if (one[name]) delete one[name];
    else one[name] = true;
    if (name === "wrong" && !one.wrong) delete one.right;
    if (one[name]) delete one[name === "good" ? "wrong" : "good"];
    if (name === "good" && one.good) Object.assign(one, { marks: {}, right: undefined });
    keep();
    if (name === "wrong" && one.wrong) $("right").focus();
  }

  // Marks outlive the page where the browser lets it; the file is what counts.
  function keep() {
    saved = false;
    try {
      localStorage.setItem(key, JSON.stringify(marked));
    } catch {
      // a browser that keeps nothing for files
    }
    told();
  }

  function restored() {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  }

  function corrections() {
    const numbers = Object.keys(marked).map(Number).filter(isCorrected).sort((one, other) => one - other);
    const documents = numbers.map((number) => {
      const { marks, wrong, right } = marked[number];
      const { pieces, url, digest } = read(`d${number}`);
      const { name, title, source } = index.documents[number];
      const edits = pieces.map((piece) => (typeof piece === "string" ? piece : piece.slice(0, 3)));
      return { name, url, digest, source, title, pieces: edits, marks, title_is_wrong: Boolean(wrong), right_title: right || null };
    });
    return { review: 1, folder: index.folder, paths: index.paths, saved: index.saved, documents };
  }

  function save() {
    if ($("save").disabled) return;
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(corrections(), null, 1)], { type: "application/json" }));
    link.download = "corrections.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    saved = true;
    told();
  }

  const value = (id) => $(id).value;
  const truth = (is) => (is === null ? "unknown" : is ? "yes" : "no");
  function matches(one, number) {
    return (
      (!value("source") || one.source === value("source")) &&
      (!value("rule") || one.rules.includes(value("rule"))) &&
      (!value("flag") || one.flags.includes(value("flag"))) &&
      (!value("truncated") || truth(one.truncated) === value("truncated")) &&
      (!value("leak") || truth(one.leaks > 0) === value("leak")) &&
      (!value("corrected") || truth(isCorrected(number)) === value("corrected")) &&
      (!value("least") || one.chars >= Number(value("least"))) &&
      (!value("most") || one.chars <= Number(value("most")))
    );
  }

  function filter() {
    found = index.documents.flatMap((one, number) => (matches(one, number) ? [number] : []));
    $("shown").textContent = `${found.length.toLocaleString("en")} of ${index.documents.length.toLocaleString("en")} documents`;
    $("documents").replaceChildren(
      ...found.map((number) => {
        const one = index.documents[number];
        const item = element("li");
        item.dataset.number = number;
        const button = element("button");
        button.type = "button";
        button.append(element("b", visible(one.title || one.name)));
        button.append(element("span", `${one.source} ${one.chars.toLocaleString("en")}${one.leaks ? " leak" : ""}`));
        item.append(button);
        return item;
      }),
    );
    if (found.includes(current)) told();
    else if (found.length) show(found[0]);
    else {
      current = -1;
      chosen = null;
      told();
    }
  }

  const step = (by) => {
    const next = found[found.indexOf(current) + by];
    if (next !== undefined) show(next);
  };

  function options(id, values) {
    const counts = new Map();
    for (const one of values.flat()) counts.set(one, (counts.get(one) || 0) + 1);
    $(id).append(new Option("any", ""));
    for (const one of [...counts.keys()].sort()) $(id).append(new Option(`${one} (${counts.get(one)})`, one));
  }

  const KEYS = {
    j: () => step(1),
    ArrowRight: () => step(1),
    k: () => step(-1),
    ArrowLeft: () => step(-1),
    ArrowDown: () => chosen !== null && chosen < rows.length - 1 && choose(chosen + 1),
    ArrowUp: () => chosen !== null && chosen > 0 && choose(chosen - 1),
    l: () => choose(chosen === null ? 0 : null),
    t: () => mark("text"),
    n: () => mark("noise"),
    u: () => mark(null),
    w: () => toggle("wrong"),
    a: () => toggle("good"),
    s: save,
    Escape: () => choose(null),
  };
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (chosen === null && /^Arrow(Up|Down)$/.test(event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  for (const side of ["page", "text"]) {
    $(side).addEventListener("click", (event) => {
      const made = event.target.closest(".row");
      if (made && !String(getSelection())) choose(Number(made.dataset.line) === chosen ? null : Number(made.dataset.line));
    });
  }
  $("documents").addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) show(Number(item.dataset.number));
  });
  $("right").addEventListener("input", () => {
    state().right = value("right").trim();
    keep();
  });
  const form = document.querySelector("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  for (const [id, act] of Object.entries({
    previous: () => step(-1),
    next: () => step(1),
    save,
    wrong: () => toggle("wrong"),
    good: () => toggle("good"),
    "mark-text": () => mark("text"),
    "mark-noise": () => mark("noise"),
    "mark-none": () => mark(null),
    close: () => choose(null),
  })) {
    $(id).addEventListener("click", act);
  }
  window.addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });

  options("source", index.documents.map((one) => one.source));
  options("rule", index.documents.map((one) => one.rules));
  options("flag", index.documents.map((one) => one.flags));
  filter();
})();
