/* Passkeys: hands the page's form to django-allauth's script and says in words when it fails.
   Without this file, or without passkeys in the browser, the button stays hidden. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-passkey]");
  var ways = window.allauth && window.allauth.webauthn;
  var problem = document.getElementById("passkey-problem");
  if (!form || !ways || !window.PublicKeyCredential) return;
  ways.forms[form.dataset.passkey]({
    ids: { add: "passkey-go", authenticate: "passkey-go", credential: "passkey-credential", data: "js_data" }
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    problem.textContent = "That did not work. Try again, or use another way.";
    problem.hidden = false;
  });
  document.getElementById("passkey-go").hidden = false;
})();
