// Watchers of reading conditions. Each gives what is wrong with the page as it stands, a sentence a fault.

window.reading = (() => {
  const name = element => {
    const {outerHTML} = element.cloneNode(false);
    return `${outerHTML.slice(0, 120)} ${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}`;
  };
  const all = selector => [...document.querySelectorAll(selector)];
  const seen = element => element.checkVisibility() && element.getClientRects().length > 0;
  const faults = (elements, wrong) =>
    elements.flatMap(element => {
      const what = wrong(element);
      return what ? [`${what}: ${name(element)}`] : [];
    });
  const rgb = colour => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return {channels: [r, g, b], alpha: a};
  };
  const luminance = ({channels}) => {
    const [r, g, b] = channels.map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = element => {
    for (let place = element; place; place = place.parentElement) {
      const colour = rgb(getComputedStyle(place).backgroundColor);
      if (colour.alpha === 1) return colour;
    }
    return rgb(matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)');
  };
  const stands_out = (colour, element, least) => {
    const [{channels, alpha}, under] = [rgb(colour), ground(element)];
    const mixed = channels.map((c, i) => alpha * c + (1 - alpha) * under.channels[i]);
    return contrast({channels: mixed}, under) >= least;
  };

  // For people who can't see it, a heading is found by its level.
  const headings = () => {
    const levels = all('h1, h2, h3, h4, h5, h6').filter(seen);
    const ones = levels.filter(heading => heading.tagName === 'H1');
    let before = 0;
    return [
      ...(ones.length === 1 ? [] : [`${ones.length} h1`]),
      ...faults(levels, heading => {
        const [level, above] = [Number(heading.tagName[1]), before];
        before = level;
        return level > above + 1 && `h${level} after h${above}`;
      }),
    ];
  };

  // Small words tell a language; a text in another than its page's must say so.
  const WORDS = {
    sv: new Set('och att det som av för på med är till inte har om ett en de den eller kan vid från'.split(' ')),
    en: new Set('the and of to is with for are on by from that this how which their was were as an'.split(' ')),
  };
  const count = (words, language) => words.filter(word => WORDS[language].has(word)).length;
  const languages = () => {
    const texts = all('body *').filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    const strange = texts.filter(e => !e.closest('code, pre, .address'));
    const wrong = faults(strange, element => {
      const words = element.textContent.toLowerCase().match(/[a-zåäö]+/g) ?? [];
      const [swedish, english] = [count(words, 'sv'), count(words, 'en')];
      const said = element.closest('[lang]').lang;
      if (english >= 2 && english > 2 * swedish && said !== 'en') return `English marked ${said}`;
      return swedish >= 2 && swedish > 2 * english && said !== 'sv' && `Swedish marked ${said}`;
    });
    return [...(['sv', 'en'].includes(document.documentElement.lang) ? [] : ['no language']), ...wrong];
  };

  // WCAG 2.5.8, without its exception for small targets far apart. What can be hit is measured, not the box:
  // the link of a card fills the card. Told to within a pixel.
  const LEAST = 24;
  const TARGETS = 'a[href], button, summary, input, select, textarea';
  const in_text = element => {
    if (getComputedStyle(element).display !== 'inline') return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const rest = block.cloneNode(true);
    rest.querySelectorAll(TARGETS).forEach(target => target.remove());
    return /\p{L}{2}/u.test(rest.textContent);
  };
  const reach = (element, x, y, dx, dy, most = LEAST) => {
    for (let step = 0; step <= most; step += 0.5) {
      if (!element.contains(document.elementFromPoint(x + dx * step, y + dy * step))) return step;
    }
    return most;
  };
  const span = (element, x, y, dx, dy) => {
    const one = reach(element, x, y, dx, dy);
    return one + reach(element, x, y, -dx, -dy, LEAST - one); // what is large enough is not measured further
  };
  const targets = () =>
    faults(all(TARGETS).filter(seen).filter(element => !in_text(element) && !element.matches('.skip')), element => {
      element.scrollIntoView({block: 'center'});
      const box = element.getClientRects()[0];
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const width = span(element, x, y, 1, 0);
      const height = span(element, x, y, 0, 1);
      return (width < LEAST || height < LEAST) && `target of ${width} × ${height} px`;
    });

  const sideways = () => {
    const {scrollWidth, clientWidth} = document.documentElement;
    window.scrollTo(10000, 0);
    return scrollWidth > clientWidth || window.scrollX ? [`the page is ${scrollWidth} px of ${clientWidth}`] : [];
  };

  // What is wide scrolls in a box of its own, that Tab comes to and that says what it holds.
  const boxes = () => {
    const wide = all('body *').filter(seen).filter(element => {
      const {overflowX} = getComputedStyle(element);
      return ['auto', 'scroll'].includes(overflowX) && element.scrollWidth > element.clientWidth;
    });
    return faults(wide, element => {
      const labelled = element.matches('[role=group], [role=region]') && element.matches('[aria-label], [aria-labelledby]');
      return !(labelled && element.tabIndex === 0) && 'a box that scrolls, with no name or no focus';
    });
  };

  // Nothing is cut off. What is for screen readers only is one pixel wide, and is meant to be.
  const clipped = () =>
    faults(all('body *').filter(seen), element => {
      const {overflowX, overflowY, textOverflow} = getComputedStyle(element);
      if (element.clientWidth <= 1) return false;
      if (element.matches('input')) return false; // what is written in a field moves along as it is read
      const cut = (overflow, whole, part) => ['hidden', 'clip'].includes(overflow) && whole > part + 1;
      const {scrollWidth, clientWidth, scrollHeight, clientHeight} = element;
      const hidden = cut(overflowX, scrollWidth, clientWidth) || cut(overflowY, scrollHeight, clientHeight);
      return (hidden || textOverflow === 'ellipsis') && 'cut off';
    });

  // In the reader's own colours: links are told from the text, and pictures from the ground.
  const links = () =>
    faults(all('main a[href], footer a[href]').filter(seen), element => {
      const {color, textDecorationLine} = getComputedStyle(element);
      const around = getComputedStyle(element.parentElement);
      if (!stands_out(color, element, 4.5)) return `link of ${color}`;
      return textDecorationLine !== 'underline' && color === around.color && 'link like text';
    });
  const shapes = () =>
    faults(all('svg :is(path, rect, circle, line, polyline, polygon)').filter(seen), element => {
      const {fill, stroke} = getComputedStyle(element);
      const drawn = [fill, stroke].filter(colour => colour !== 'none');
      return !drawn.some(colour => stands_out(colour, element, 3)) && `drawn in ${drawn}`;
    });
  const forced = () => (matchMedia('(forced-colors: active)').matches ? [] : ['the colours are not forced']);

  const motion = () => [
    ...(matchMedia('(prefers-reduced-motion: reduce)').matches ? [] : ['motion is not reduced']),
    ...document.getAnimations().map(one => `runs: ${one.animationName ?? one.transitionProperty}`),
    ...faults(all('*'), element =>
      ['', '::before', '::after'].some(part => {
        const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element, part || null);
        const still = transitionDuration.split(', ').every(time => parseFloat(time) === 0);
        return !still || animationName !== 'none' || scrollBehavior === 'smooth';
      }) && 'would move'
    ),
  ];

  // Where Tab should stop, in this order, as places in the document.
  const STOPS = 'a[href]:not([tabindex="-1"]), button, summary, input, select, textarea, [tabindex="0"]';
  const place = element => all('*').indexOf(element);
  // Radio buttons of one name are one stop: the one that is chosen, or the first.
  const stands_for_others = element =>
    element.type === 'radio' && element !== (document.querySelector(`input[name="${element.name}"]:checked`) ??
      document.querySelector(`input[name="${element.name}"]`));
  const stops = () => all(STOPS).filter(seen).filter(element => !stands_for_others(element)).map(place);

  const outlined = (element, stands) =>
    [element, element.closest('li')].some(part => {
      if (!part) return false;
      const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(part);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && stands(outlineColor, part.parentElement);
    });
  // A focus that is seen: in the window, with nothing over it, and with an outline, its own or its card's.
  const focus = () => {
    const element = document.activeElement;
    if (element.localName === 'iframe') return [null, []]; // in a page of its own
    const parts = [...element.getClientRects()].flatMap(box => {
      const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
      const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
      return right > left && bottom > top ? [[(left + right) / 2, (top + bottom) / 2]] : [];
    });
    const covered = !parts.some(([x, y]) => element.contains(document.elementFromPoint(x, y)));
    const wrong = [
      ...(parts.length ? [] : ['out of the window']),
      ...(parts.length && covered ? ['covered'] : []),
      ...(outlined(element, colour => rgb(colour).alpha > 0.5) ? [] : ['no outline']),
    ];
    return [place(element), wrong.map(what => `${what}: ${name(element)}`)];
  };
  // The same for every stop at once, where colours are forced: the outline must stand out there.
  const outlines = () =>
    faults(all(STOPS).filter(seen), element => {
      element.focus();
      return !outlined(element, (colour, around) => stands_out(colour, around, 3)) && 'focus not seen';
    });

  // Changes that readers make for themselves.
  const style = text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const open = () => all('details').forEach(details => { details.open = true; });
  const enlarge = () => style('html { font-size: 200% !important }');
  const space = () =>
    style('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }' +
      'p { margin-bottom: 2em !important }');

  return {
    headings, languages, targets, sideways, boxes, clipped, links, shapes, forced, motion, stops, focus, outlines,
    style, open, enlarge, space,
  };
})();
