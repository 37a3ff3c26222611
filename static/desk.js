// Comforts of the desk; every page works without. Checks a field while it is written, warns who
// leaves with unsaved words, moves through a queue by keys, and copies a new link.
(function () {
  "use strict";

  function make(tag, text, name) {
    var node = document.createElement(tag);
    node.textContent = text;
    if (name) node.className = name;
    return node;
  }

  function show(report, answer) {
    var list = document.createElement("ul");
    answer.findings.forEach(function (finding) {
      var item = make("li", "", "desk-" + finding.level);
      if (finding.quote && !finding.message.includes(finding.quote)) item.append(make("q", finding.quote), " ");
      item.append(finding.message);
      if (finding.source && !finding.message.includes(finding.source)) item.append(" ", make("span", "In the record: “" + finding.source + "”", "desk-quiet"));
      list.append(item);
    });
    report.replaceChildren();
    if (answer.grade) {
      var row = make("p", "", "desk-row"), meter = document.createElement("meter");
      meter.min = 0; meter.max = 16; meter.low = answer.low; meter.high = 11; meter.optimum = 2;
      meter.value = answer.grade_value;
      meter.setAttribute("aria-label", "Reading grade");
      row.append(meter, " ", make("span", answer.grade));
      report.append(row);
    }
    if (answer.findings.length) report.append(list);
  }

  // A box for each finding that a reason can answer, as the server draws them; typed reasons stay.
  var asked = {};
  function askReasons(place, findings) {
    place.querySelectorAll("input").forEach(function (input) { asked[input.name] = input.closest("p"); });
    place.replaceChildren();
    findings.forEach(function (finding) {
      if (finding.level !== "block") return;
      var name = "answer-" + finding.key, row = asked[name] || make("p", "", "desk-answer");
      if (!asked[name]) {
        var label = make("label", "“" + finding.quote + "” stays as it is, because"), input = document.createElement("input");
        label.htmlFor = input.id = input.name = name;
        input.maxLength = 500;
        row.append(label, " ", input);
      }
      place.append(row);
    });
  }

  function checkWhileWriting(form) {
    var waiting = {}, token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    form.addEventListener("input", function (event) {
      var part = event.target.dataset.part || (event.target.name.match(/^sources-(.+)$/) || [])[1];
      if (!part) return;
      clearTimeout(waiting[part]);
      waiting[part] = setTimeout(function () {
        var body = new FormData();
        body.append("part", part);
        body.append("words", form.querySelector('[data-part="' + part + '"]').value);
        form.querySelectorAll('[name="sources-' + part + '"]:checked').forEach(function (box) {
          body.append("sources", box.value);
        });
        fetch(form.dataset.check, {method: "POST", body: body, headers: {"X-CSRFToken": token}})
          .then(function (answer) { return answer.ok ? answer.json() : null; })
          .then(function (answer) {
            if (!answer) return;
            show(form.querySelector('[data-report="' + part + '"]'), answer);
            askReasons(form.querySelector('[data-answers="' + part + '"]'), answer.findings);
          })
          .catch(function () { /* the server checks again when the form is saved */ });
      }, 600);
    });
  }

  function warnBeforeLeaving(form) {
    var isChanged = false;
    form.addEventListener("input", function () { isChanged = true; });
    form.addEventListener("submit", function () { isChanged = false; });
    addEventListener("beforeunload", function (event) { if (isChanged) event.preventDefault(); });
  }

  function moveByKeys(table) {
    var rows = Array.from(table.tBodies[0].rows), here = -1;
    function go(to) {
      if (to < 0 || to >= rows.length) return;
      if (here >= 0) rows[here].classList.remove("on");
      here = to;
      rows[here].classList.add("on");
      rows[here].querySelector("a").focus();
    }
    addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
      if (event.key === "j") go(here + 1);
      else if (event.key === "k") go(here - 1);
      else if (event.key === "x" && here >= 0) rows[here].querySelector("[type=checkbox]").click();
    });
  }

  // Where the browser keeps the clipboard shut, the link is marked to be copied by hand.
  function offerToCopy(field) {
    var row = make("p", "", "desk-row"), button = make("button", "Copy the link", "button"), said = make("span", "");
    button.type = "button";
    said.setAttribute("role", "status");
    row.append(button, said);
    field.closest("p").after(row);
    function copied() { said.textContent = "Copied."; }
    function byHand() {
      field.focus();
      field.select();
      said.textContent = "The link is marked. Copy it by the keyboard or the menu.";
    }
    button.addEventListener("click", function () {
      said.textContent = "";
      if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(copied, byHand);
      else byHand();
    });
  }

  document.querySelectorAll("form[data-check]").forEach(function (form) {
    checkWhileWriting(form);
    warnBeforeLeaving(form);
  });
  document.querySelectorAll("table[data-keys]").forEach(moveByKeys);
  document.querySelectorAll("input#made").forEach(offerToCopy);
})();
