// Passkeys: a form marked data-passkey="create" or "get" takes its options from the page, one marked "login" from the
// server; what the device answers goes into its hidden field. Without scripts there is the password and the code.

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function toBytes(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (sign) => sign.charCodeAt(0));
}

function toText(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function withBytes(keys) {
  return (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));
}

function creation(options, passwordless) {
  const asked = options.publicKey;
  const selection = { ...asked.authenticatorSelection, residentKey: passwordless ? "required" : "discouraged", requireResidentKey: passwordless };
  if (passwordless) selection.userVerification = "required";
  return {
    ...asked,
    challenge: toBytes(asked.challenge),
    user: { ...asked.user, id: toBytes(asked.user.id) },
    excludeCredentials: withBytes(asked.excludeCredentials),
    authenticatorSelection: selection,
  };
}

function request(options) {
  const asked = options.publicKey;
  return { ...asked, challenge: toBytes(asked.challenge), allowCredentials: withBytes(asked.allowCredentials) };
}

function answer(credential) {
  const response = {};
  for (const part of PARTS) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function optionsOf(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById("passkey-options").textContent);
  const reply = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`options: ${reply.status}`);
  return reply.json();
}

async function askDevice(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: creation(options.creation_options, form.elements.passwordless.checked) });
  }
  return navigator.credentials.get({ publicKey: request(options.request_options) });
}

function wire(form) {
  form.hidden = false;
  const problem = form.querySelector("[data-passkey-problem]");
  form.querySelector("[data-passkey-start]").addEventListener("click", async () => {
    problem.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answer(await askDevice(form)));
    } catch {
      problem.hidden = false;
      return;
    }
    form.submit();
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(wire);
