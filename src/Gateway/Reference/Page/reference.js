// Shows /openapi.json. Everything is put into the page as text, never as markup.

const verbs = ["get", "post", "put", "patch", "delete"];
const main = document.querySelector("#main");
const side = document.querySelector("#side");
const search = document.querySelector("#search");
const menu = document.querySelector("#menu");
let spec;

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** Words in backticks as code. */
const inline = (text) => text.split("`").map((part, index) => (index % 2 ? el("code", {}, part) : part));

const prose = (text) => (text ?? "").split(/\n{2,}/).filter(Boolean).map((paragraph) => el("p", {}, inline(paragraph)));

const titleOf = (operation, path) => operation.summary ?? operation.operationId ?? path;

function resolve(schema) {
  const seen = new Set();
  while (schema?.$ref && !seen.has(schema.$ref)) {
    seen.add(schema.$ref);
    const target = schema.$ref.slice(2).split("/").reduce((node, key) => node?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], spec);
    schema = { ...target, description: schema.description ?? target?.description };
  }
  return schema ?? {};
}

/** A nullable reference comes as "null or that". */
function unwrap(schema) {
  const whole = resolve(schema);
  const options = (whole.oneOf ?? whole.anyOf)?.filter((option) => option.type !== "null");
  return options?.length === 1 ? { ...resolve(options[0]), nullable: true, description: whole.description ?? resolve(options[0]).description } : whole;
}

function typeOf(schema) {
  const whole = unwrap(schema);
  const types = [whole.type ?? (whole.properties ? "object" : whole.enum ? "string" : "any")].flat();
  const plain = types.filter((type) => type !== "null").map((type) =>
    type === "array" ? `${typeOf(whole.items ?? {})}[]` : whole.format ? `${type} (${whole.format})` : type);
  return plain.join(" | ") + (whole.nullable || types.includes("null") ? " | null" : "");
}

function limitsOf(schema) {
  const said = [];
  if (schema.minimum != null || schema.maximum != null) said.push(`${schema.minimum ?? "…"} to ${schema.maximum ?? "…"}`);
  if (schema.minLength != null || schema.maxLength != null) said.push(`${schema.minLength ?? 0} to ${schema.maxLength ?? "…"} characters`);
  if (schema.minItems != null || schema.maxItems != null) said.push(`${schema.minItems ?? 0} to ${schema.maxItems ?? "…"} entries`);
  if (schema.default !== undefined && schema.default !== null) said.push(`default ${JSON.stringify(schema.default)}`);
  return said.join(", ");
}

function field(name, schema, required, description) {
  const whole = unwrap(schema);
  const inner = whole.items ? unwrap(whole.items) : whole;
  const words = whole.enum ?? inner.enum;
  const limits = limitsOf(whole);
  return el("div", { class: "field" },
    el("span", { class: "name" }, name),
    el("span", { class: "type" }, typeOf(schema)),
    required && el("span", { class: "must" }, "required"),
    prose(description ?? schema.description ?? whole.description),
    limits && el("p", {}, limits),
    words && el("div", { class: "words" }, words.filter((word) => word !== null).map((word) => el("code", {}, String(word)))),
    nested(inner));
}

/** The fields below, built when they are opened; schemas may contain themselves. */
function nested(schema) {
  const count = Object.keys(schema.properties ?? {}).length;
  if (!count) return null;
  const inner = el("div", { class: "inner" });
  return el("details", { class: "more", ontoggle: (event) => event.target.open && !inner.childElementCount && inner.append(...fields(schema)) },
    el("summary", {}, `${count} ${count === 1 ? "field" : "fields"}`), inner);
}

function fields(schema) {
  const whole = unwrap(schema);
  const body = whole.items ? unwrap(whole.items) : whole;
  return Object.entries(body.properties ?? {}).map(([name, property]) => field(name, property, body.required?.includes(name)));
}

function bodyOf(content) {
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  return type ? { type, schema: media.schema ?? {}, example: media.example ?? Object.values(media.examples ?? {})[0]?.value } : null;
}

function coloured(text) {
  const pre = el("pre", { tabindex: "0" });
  let at = 0;
  for (const match of text.matchAll(/("(?:\\.|[^"\\])*")(\s*:)?|\b-?\d+(?:\.\d+)?\b|\b(?:true|false|null)\b/g)) {
    pre.append(text.slice(at, match.index), el("span", { class: match[2] ? "k" : match[1] ? "s" : "n" }, match[1] ?? match[0]), match[2] ?? "");
    at = match.index + match[0].length;
  }
  pre.append(text.slice(at));
  return pre;
}

const show = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

function box(title, text, isJson) {
  const copy = el("button", { type: "button", onclick: async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy"), 1500);
  } }, "Copy");
  return el("figure", {}, el("figcaption", {}, title, copy), isJson ? coloured(text) : el("pre", { tabindex: "0" }, text));
}

function curl(call) {
  const query = call.parameters.filter((parameter) => parameter.in === "query" && parameter.required).map((parameter) => `${parameter.name}=…`).join("&");
  const path = call.path.replace(/\{(\w+)\}/g, (_, name) => (name.endsWith("id") ? "1" : name));
  const lines = [`curl ${call.verb === "get" ? "" : `-X ${call.verb.toUpperCase()} `}${location.origin}${path}${query && `?${query}`}`];
  if (call.operation.security?.length) lines.push('-H "Authorization: Bearer $PIPELINE_KEY"');
  if (call.body?.type.includes("json")) lines.push('-H "Content-Type: application/json"', `-d '${show(call.body.example ?? {}).replaceAll("'", "'\\''")}'`);
  else if (call.body?.type.includes("multipart")) lines.push('-F "files=@photo.jpg"');
  return lines.join(" \\\n  ");
}

function answer(status, response) {
  const whole = resolve(response);
  const body = bodyOf(whole.content);
  return el("details", { class: "answer" },
    el("summary", {}, el("span", { class: `code ${status < "400" ? "ok" : "bad"}` }, status), el("span", {}, whole.description)),
    body?.example !== undefined && status >= "400" && coloured(show(body.example)),
    body && status < "400" && [el("p", { class: "state" }, body.type), ...fields(body.schema)],
    !body && el("p", { class: "state" }, "No body."));
}

function article(call) {
  const { operation, verb, path } = call;
  const good = Object.entries(operation.responses ?? {}).find(([status]) => status < "300");
  const example = bodyOf(resolve(good?.[1]).content)?.example;
  return el("article", { id: call.id },
    el("div", {},
      el("h3", {}, el("a", { href: `#${call.id}` }, inline(titleOf(operation, path)))),
      el("div", { class: "line" }, el("span", { class: `verb ${verb}` }, verb.toUpperCase()), el("b", {}, path)),
      el("div", { class: "text" }, prose(operation.description), !operation.security?.length && el("p", {}, "Open to everyone.")),
      call.parameters.length > 0 && [el("h4", {}, "Parameters"), ...call.parameters.map((parameter) =>
        field(parameter.name, parameter.schema ?? {}, parameter.required, [parameter.in === "header" ? "A header." : "", parameter.description ?? ""].join(" ").trim()))],
      call.body && [el("h4", {}, `Body (${call.body.type})`), ...fields(call.body.schema)],
      el("h4", {}, "Answers"),
      Object.entries(operation.responses ?? {}).map(([status, response]) => answer(status, response))),
    el("div", { class: "code-box" },
      box("Request", curl(call), false),
      example !== undefined && box(`Answer ${good[0]}`, show(example), true)));
}

/** Names of fields down to a few levels, so that a search for a field finds its calls. */
function words(schema, depth = 0) {
  const whole = unwrap(schema);
  const body = whole.items ? unwrap(whole.items) : whole;
  return depth > 3 ? [] : Object.entries(body.properties ?? {}).flatMap(([name, property]) => [name, ...words(property, depth + 1)]);
}

function calls() {
  return Object.entries(spec.paths).flatMap(([path, item]) => verbs.filter((verb) => item[verb]).map((verb) => {
    const operation = item[verb];
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
    const body = bodyOf(resolve(operation.requestBody).content);
    const answers = Object.entries(operation.responses ?? {}).filter(([status]) => status < "300").map(([, response]) => bodyOf(resolve(response).content)?.schema ?? {});
    const found = [verb, path, operation.summary, operation.description, operation.operationId, ...parameters.map((parameter) => parameter.name),
      ...[body?.schema ?? {}, ...answers].flatMap((schema) => words(schema))].join(" ").toLowerCase();
    return { id: operation.operationId ?? `${verb}${path}`, tag: operation.tags?.[0] ?? "Other", verb, path, operation, parameters, body, found };
  }));
}

function render() {
  const all = calls();
  const order = [...new Set([...(spec.tags ?? []).map((tag) => tag.name), ...all.map((call) => call.tag)])];
  const groups = order.map((tag) => [tag, all.filter((call) => call.tag === tag)]).filter(([, list]) => list.length);

  main.replaceChildren(
    el("div", { class: "intro" }, el("h1", {}, `${spec.info.title} API`), prose(spec.info.description)),
    ...groups.map(([tag, list]) => el("section", { "data-tag": tag }, el("h2", {}, tag), list.map(article))));
  side.replaceChildren(
    ...groups.map(([tag, list]) => el("div", { "data-tag": tag }, el("h2", {}, tag), list.map((call) =>
      el("a", { href: `#${call.id}`, title: `${call.verb.toUpperCase()} ${call.path}` },
        el("span", { class: `m ${call.verb}` }, call.verb === "delete" ? "DEL" : call.verb.toUpperCase()),
        el("span", { class: "s" }, titleOf(call.operation, call.path).replaceAll("`", "")))))),
    el("p", { class: "none", hidden: true, role: "status" }, "Nothing found."));

  const filter = () => {
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = new Set(all.filter((call) => asked.every((word) => call.found.includes(word))).map((call) => call.id));
    for (const call of all) {
      document.getElementById(call.id).hidden = !hits.has(call.id);
      side.querySelector(`a[href="#${CSS.escape(call.id)}"]`).hidden = !hits.has(call.id);
    }
    for (const group of document.querySelectorAll("[data-tag]")) group.hidden = !group.querySelector("article:not([hidden]), a:not([hidden])");
    side.querySelector(".none").hidden = hits.size > 0;
  };
  search.addEventListener("input", filter);
  filter();

  const links = new Map([...side.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    }
  }, { rootMargin: "-80px 0px -75% 0px" });
  for (const call of all) watch.observe(document.getElementById(call.id));
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ behavior: "instant" });
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => (document.documentElement.dataset.theme = localStorage.getItem("docs-theme") ?? (dark.matches ? "dark" : "light"));
dark.addEventListener("change", paint);
document.querySelector("#theme").addEventListener("click", () => {
  localStorage.setItem("docs-theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  paint();
});
paint();

const openMenu = (open) => { side.classList.toggle("open", open); menu.setAttribute("aria-expanded", String(open)); };
menu.addEventListener("click", () => openMenu(!side.classList.contains("open")));
side.addEventListener("click", (event) => event.target.closest("a") && openMenu(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
  if (event.key === "Escape" && document.activeElement === search) { search.value = ""; search.dispatchEvent(new Event("input")); search.blur(); }
});

try {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new Error((await response.json()).detail);
  spec = await response.json();
  render();
} catch (error) {
  main.replaceChildren(el("p", { class: "state", role: "alert" }, `The description of the API cannot be loaded: ${error.message} `,
    el("button", { type: "button", class: "plain", onclick: () => location.reload() }, "Try again")));
}
