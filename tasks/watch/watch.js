// Asks for the inside of the page once a second; the server answers 304 where nothing has changed.
const now = document.getElementById("now");
const lost = document.getElementById("lost");
let version = "";

async function refresh() {
  try {
    const answer = await fetch("now", { cache: "no-store", headers: version ? { "if-none-match": version } : {} });
    if (answer.status === 200) {
      version = answer.headers.get("etag");
      now.innerHTML = await answer.text();
      now.removeAttribute("aria-busy");
    }
    lost.hidden = answer.ok || answer.status === 304;
  } catch {
    lost.hidden = false;
  }
  setTimeout(refresh, 1000);
}

refresh();
