// What a page can do and .NET cannot: the caret, the clipboard, the address.
let started = 0;
const element = id => document.getElementById(id);

window.playgroundTimes = [];
window.playground = {
    link: () => location.hash,
    address: link => location.href.split("#")[0] + "#" + link,
    caret: id => element(id).selectionStart,
    select: (id, from, to) => { element(id).focus(); element(id).setSelectionRange(from, to); },
    copy: text => navigator.clipboard.writeText(text).catch(() => {
        const area = document.createElement("textarea");
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
    }),
    // Goes through the editor's own history, so that it can be undone.
    replace: (id, from, to, text) => {
        const area = element(id);
        area.focus();
        area.setSelectionRange(from < 0 ? area.selectionStart : from, to < 0 ? area.selectionEnd : to);
        setTimeout(() => document.execCommand("insertText", false, text));
    },
    theme: () => {
        const root = document.documentElement;
        const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = isDark ? "light" : "dark";
        try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private windows */ }
    },
    redrawn: link => {
        document.body.getBoundingClientRect();
        if (started)
            window.playgroundTimes.push(performance.now() - started);
        started = 0;
        history.replaceState(null, "", link ? "#" + link : location.pathname + location.search);
    },
};

try { if (localStorage.getItem("theme")) document.documentElement.dataset.theme = localStorage.getItem("theme"); } catch { /* private windows */ }
document.addEventListener("input", () => { started = performance.now(); }, true);
document.addEventListener("scroll", event => {
    if (event.target.previousElementSibling?.className === "backdrop") {
        event.target.previousElementSibling.scrollTop = event.target.scrollTop;
        event.target.previousElementSibling.scrollLeft = event.target.scrollLeft;
    }
}, true);
document.addEventListener("keydown", event => {
    if (event.target.dataset?.open === "true" && ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key))
        event.preventDefault();
}, true);
window.addEventListener("hashchange", () => location.reload());
