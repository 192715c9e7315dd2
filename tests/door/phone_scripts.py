"""What a test asks the page of the door: functions in JavaScript, each answers or promises to."""

from __future__ import annotations

COUNT = """(store) => new Promise((resolve) => {
  const asking = indexedDB.open("torvet-door");
  asking.onsuccess = () => {
    const counting = asking.result.transaction(store).objectStore(store).count();
    counting.onsuccess = () => { asking.result.close(); resolve(counting.result); };
  };
})"""
META = """(name) => new Promise((resolve) => {
  const asking = indexedDB.open("torvet-door");
  asking.onsuccess = () => {
    const reading = asking.result.transaction("meta").objectStore("meta").get(name);
    reading.onsuccess = () => { asking.result.close(); resolve(reading.result); };
  };
})"""
NAMED = """() => new Promise((resolve) => {
  const asking = indexedDB.open("torvet-door");
  asking.onsuccess = () => {
    const reading = asking.result.transaction("meta").objectStore("meta").getAllKeys();
    reading.onsuccess = () => { asking.result.close(); resolve(reading.result); };
  };
})"""
ENDED = """() => new Promise((resolve) => {
  const asking = indexedDB.open("torvet-door");
  asking.onsuccess = () => {
    const writing = asking.result.transaction("meta", "readwrite");
    const meta = writing.objectStore("meta");
    const reading = meta.get("list");
    reading.onsuccess = () => meta.put({ ...reading.result, wipeAt: Date.now() - 1000 }, "list");
    writing.oncomplete = () => { asking.result.close(); resolve(null); };
  };
})"""
LISTED = f"async (tickets) => (await ({META})('list'))?.tickets === tickets"
HASHED = f"async () => (await ({META})('list'))?.unhashed === 0"
NAMES = f"async () => (await ({META})('names')) !== undefined"
NOTHING_WAITS = f"async () => await ({COUNT})('waiting') === 0"
KEPT = "async () => (await caches.match('/door/', {ignoreVary: true})) !== undefined"
SHOWN = """() => {
  const part = (id) => document.getElementById(id);
  const { look, verdict } = part("verdict").dataset;
  return {
    look, verdict,
    name: part("verdict-name").textContent,
    reason: part("verdict-reason").textContent,
    offline: part("verdict-offline").textContent !== "",
  };
}"""
