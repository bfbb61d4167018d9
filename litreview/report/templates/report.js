// Numbers open a panel with the passages behind them. No request leaves the page.
(function () {
  "use strict";
  var holder = document.getElementById("data");
  var panel = document.getElementById("panel");
  if (!holder || !panel) return;
  var data = JSON.parse(holder.textContent);
  var texts = data.texts;
  var heading = document.getElementById("panel-title");
  var told = document.getElementById("panel-told");
  var list = document.getElementById("panel-list");
  var STEP = 60;
  var before = null; // what had the focus
  var field = { study: 0, where: 1, link: 2, section: 3, voice: 4, stance: 5, stanceId: 6, coder: 7, status: 8,
                code: 9, colour: 10, text: 11, counts: 12, cite: 13, of: 14 };

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }

  function passage(id) {
    var row = data.passages[id];
    var human = row[field.status] === "human";
    var item = make("li", "card " + row[field.status]);
    if (row[field.colour]) item.style.borderLeftColor = row[field.colour];
    item.appendChild(make("blockquote", "", row[field.text]));
    var cite = make("p", "cite");
    cite.appendChild(make("strong", "", row[field.cite]));
    if (row[field.where]) cite.appendChild(document.createTextNode(", " + row[field.where]));
    if (row[field.of]) cite.appendChild(make("span", "small dim", " · " + fill(texts.study, { study: row[field.of] })));
    item.appendChild(cite);
    var tags = make("p", "tags");
    tags.appendChild(make("span", "chip " + row[field.status], human ? texts.human : texts.provisional));
    tags.appendChild(make("span", "tag stance-" + row[field.stanceId], row[field.stance]));
    tags.appendChild(make("span", "tag", row[field.voice]));
    if (row[field.section]) tags.appendChild(make("span", "tag", row[field.section]));
    item.appendChild(tags);
    item.appendChild(make("p", "small", row[field.code] + " · " +
      fill(human ? texts.coder : texts.suggested, { coder: row[field.coder] })));
    if (!row[field.counts]) item.appendChild(make("p", "small warn", texts.uncounted));
    if (row[field.link]) {
      var link = make("a", "page-link", texts.page);
      link.href = row[field.link];
      link.target = "_blank";
      link.rel = "noopener";
      item.appendChild(link);
    }
    return item;
  }

  function entry(id) {
    var row = data.items[id] || [id, "", ""];
    var item = make("li", "card");
    item.appendChild(make("p", "cite", row[0]));
    if (row[1]) item.appendChild(make("p", "small", row[1]));
    if (row[2]) item.appendChild(make("p", "small dim", row[2]));
    return item;
  }

  function show(ids, kind, from) {
    ids.slice(from, from + STEP).forEach(function (id) {
      list.appendChild(kind === "items" ? entry(id) : passage(id));
    });
    if (ids.length > from + STEP) {
      var holder = make("li", "more");
      var button = make("button", "", texts.more);
      button.type = "button";
      button.addEventListener("click", function () {
        holder.remove();
        show(ids, kind, from + STEP);
        var next = list.children[from + STEP];
        if (next) { next.tabIndex = -1; next.focus(); }
      });
      holder.appendChild(button);
      list.appendChild(holder);
    }
  }

  // Numbers of one status; checked and provisional are never added.
  function counted(ids, status) {
    var own = ids.filter(function (id) { return data.passages[id][field.status] === status; });
    var studies = {};
    own.forEach(function (id) { studies[data.passages[id][field.study]] = 1; });
    return own.length ? texts[status] + " – " + fill(texts.passages, { count: own.length }) + ", " +
      fill(texts.studies, { count: Object.keys(studies).length }) : "";
  }

  function open(title, kind, ids) {
    if (kind !== "items") ids = ids.filter(function (id) { return id in data.passages; });
    heading.textContent = title;
    told.textContent = kind === "items" ? fill(texts.items, { count: ids.length })
      : ids.length ? ["human", "provisional"].map(function (status) { return counted(ids, status); })
        .filter(Boolean).join(" | ") : texts.empty;
    list.textContent = "";
    show(ids, kind, 0);
    panel.hidden = false;
    panel.scrollTop = 0;
    document.documentElement.classList.add("panel-open");
    heading.focus({ preventScroll: true });
  }

  function openKey(key) {
    var set = data.sets[key];
    if (!set) return false;
    open(set[0], set[1], set[2]);
    return true;
  }

  function setHash(hash) {
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch (error) { /* file: in some browsers */ }
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    document.documentElement.classList.remove("panel-open");
    if (/^#p=/.test(location.hash)) setHash("");
    if (before && document.contains(before)) before.focus({ preventScroll: true });
    before = null;
  }

  function fromHash() {
    var match = /^#p=([\w-]+)$/.exec(location.hash);
    if (!match) return;
    if (!openKey(match[1]) && match[1] in data.passages) open(data.passages[match[1]][field.code], "passages", [match[1]]);
  }

  // A shape's own title, not that of a number inside it; a number's is told with its concept.
  function figureTitle(shape) {
    var concept = shape.closest("[data-code]");
    var own = words(shape, "title") || Array.prototype.map.call(shape.querySelectorAll("text"), trimmed).join(" ");
    return concept && concept !== shape ? words(concept, "text") + " – " + own : own;
  }

  function words(shape, tag) {
    return Array.prototype.filter.call(shape.children, function (child) { return child.tagName === tag; })
      .map(trimmed).join(" ");
  }

  function trimmed(element) { return element.textContent.trim(); }

  function boxKeys(box) {
    return box.getAttribute("data-boxes").split(" ").map(function (name) { return data.boxes[name]; })
      .filter(function (key) { return key && data.sets[key]; });
  }

  function activate(target, event) {
    var number = target.closest("[data-open]");
    if (number && data.sets[number.getAttribute("data-open")]) {
      event.preventDefault();
      before = number;
      openKey(number.getAttribute("data-open"));
      setHash("#p=" + number.getAttribute("data-open"));
      return;
    }
    var box = target.closest("[data-boxes]");
    if (box) {
      var keys = boxKeys(box);
      if (keys.length) {
        event.preventDefault();
        before = box;
        open(keys.map(function (key) { return data.sets[key][0]; }).join("; "), "items",
          keys.reduce(function (all, key) { return all.concat(data.sets[key][2]); }, []));
      }
      return;
    }
    var shape = target.closest(".opens[data-ids]");
    if (shape) {
      event.preventDefault();
      before = shape;
      var ids = shape.getAttribute("data-ids").split(" ");
      var known = ids.every(function (id) { return id in data.passages; });
      open(figureTitle(shape), known ? "passages" : "items", ids);
    }
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    activate(event.target, event);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === " ") && event.target instanceof Element &&
             event.target.matches(".opens[data-ids], .opens[data-boxes]")) activate(event.target, event);
  });
  document.getElementById("panel-close").addEventListener("click", close);
  window.addEventListener("hashchange", fromHash);

  Array.prototype.forEach.call(document.querySelectorAll("svg .opens[data-ids]"), function (shape) {
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("role", "button");
    shape.setAttribute("aria-label", figureTitle(shape));
  });

  Array.prototype.forEach.call(document.querySelectorAll("svg [data-boxes]"), function (box) {
    if (!boxKeys(box).length) return;
    box.classList.add("opens");
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "button");
  });

  if ("IntersectionObserver" in window) {
    var links = {};
    Array.prototype.forEach.call(document.querySelectorAll(".contents a"), function (link) {
      links[link.getAttribute("href").slice(1)] = link;
    });
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (one) {
        var link = links[one.target.id];
        if (link && one.isIntersecting) {
          Object.keys(links).forEach(function (id) { links[id].removeAttribute("aria-current"); });
          link.setAttribute("aria-current", "true");
        }
      });
    }, { rootMargin: "-10% 0px -80% 0px" });
    Array.prototype.forEach.call(document.querySelectorAll("main > section[id]"), function (section) { seen.observe(section); });
  }
  fromHash();
})();
