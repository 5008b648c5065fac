// Shows how much time is left until each due instant, once a second; the page itself says the instant.
(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese ? { d: "天", h: "时", m: "分", s: "秒", over: "超时 " } : { d: "d ", h: "h ", m: "m ", s: "s", over: "over by " };
  const text = (seconds) => {
    const [d, h, m] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
    if (d > 0) return `${d}${words.d}${h}${words.h}`.trim();
    if (h > 0) return `${h}${words.h}${m}${words.m}`.trim();
    return `${m}${words.m}${Math.floor(seconds) % 60}${words.s}`;
  };
  const tick = () => {
    for (const element of document.querySelectorAll("[data-due]")) {
      const left = (Date.parse(element.dataset.due) - Date.now()) / 1000;
      element.textContent = left < 0 ? words.over + text(-left) : text(left);
      element.classList.toggle("late", left < 0);
      element.classList.toggle("soon", left >= 0 && left < 3600);
    }
  };
  tick();
  setInterval(tick, 1000);
  document.querySelectorAll("select[data-switch]").forEach((select) =>
    select.addEventListener("change", () => select.form.submit()));
})();
