// Small comforts; every page works without them.
"use strict";

// A button beside each password that shows what is typed.
for (const input of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const label = document.querySelector(`label[for="${input.id}"]`);
  const say = () => {
    const word = input.type === "password" ? input.dataset.show : input.dataset.hide;
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${label.textContent}`);
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    say();
  });
  // Browsers remember only what leaves as a password.
  input.form.addEventListener("submit", () => { input.type = "password"; say(); });
  say();
  input.after(button);
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Browsers that do not move the focus by themselves.
document.getElementById("problems")?.focus();
