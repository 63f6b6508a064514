/** Small texts that the browser keeps. Where it forbids that, or has no room, they live as long as their page. */

class Store {
  #area;
  #here = new Map(); // what the browser did not take

  constructor(area) {
    this.#area = area;
  }

  /** Returns the text under `key`; undefined where there is none. */
  read(key) {
    if (this.#here.has(key)) return this.#here.get(key);
    try {
      return self[this.#area].getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  write(key, text) {
    this.#here.delete(key);
    try {
      self[this.#area].setItem(key, text);
    } catch {
      this.#here.set(key, text);
    }
  }
}

export const lasting = new Store("localStorage");
export const ofTab = new Store("sessionStorage");
