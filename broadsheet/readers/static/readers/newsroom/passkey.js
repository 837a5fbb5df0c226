// A passkey at a form: the form is sent once to be told what to ask the device for, and again with its answer.
"use strict";

const named = !/^[\d.]+$|:/.test(location.hostname);
const possible = named && window.isSecureContext && "parseRequestOptionsFromJSON" in (window.PublicKeyCredential ?? {});

const WORDS = {
    often: "Too many tries. Please wait a few minutes.",
    again: "Please load this page again, and try once more.",
    stopped: "That was stopped, or took too long. Nothing has changed; try again.",
    known: "This device has a passkey for you here already.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = !possible;
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        answer(form);
    });
}
for (const hint of document.querySelectorAll("[data-passkey-impossible]")) {
    hint.hidden = possible;
}

async function answer(form) {
    const words = { ...WORDS, ...JSON.parse(form.dataset.words ?? "{}") };
    const said = form.querySelector("[data-passkey-said]");
    said.hidden = true;
    try {
        const credential = await credentialFor(form.dataset.passkey, await whatToAsk(form, words));
        form.elements.credential.value = JSON.stringify(credential.toJSON());
        form.submit();
    } catch (error) {
        said.textContent = sentence(error, words);
        said.hidden = false;
    }
}

async function whatToAsk(form, words) {
    const body = new FormData(form);
    body.set("ask", "1");
    const response = await fetch(form.action, { method: "POST", body });
    if (response.status === 429) throw new Error(words.often);
    if (!response.ok || response.redirected) throw new Error(words.again);
    return (await response.json()).publicKey;
}

function credentialFor(deed, options) {
    return deed === "create"
        ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function sentence(error, words) {
    if (error.name === "NotAllowedError") return words.stopped;
    if (error.name === "InvalidStateError") return words.known;
    return error.message;
}
