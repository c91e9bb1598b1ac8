// The real window does the same before any of our code runs (`freezePrototype`).
Object.freeze(Object.prototype);
export {};
