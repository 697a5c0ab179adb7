import { afterEach, beforeEach, vi } from 'vitest';

/** Gives every element of a test file this size: jsdom lays nothing out, and a windowed list shows what fits. */
export function withSize(width: number, height: number): void {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(width);
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(height);
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(width);
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(height);
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(private readonly tell: ResizeObserverCallback) {}
        observe(target: Element) {
          const box = [{ inlineSize: width, blockSize: height }];
          this.tell([{ target, contentRect: { width, height }, borderBoxSize: box } as unknown as ResizeObserverEntry], this as unknown as ResizeObserver);
        }
        unobserve() {}
        disconnect() {}
      },
    );
  });
  afterEach(() => vi.unstubAllGlobals());
}
