import { retryAfter, signedOut } from './client';
import { noteReached } from './connection';
import { OfflineError, ProblemError, toProblem } from './problem';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends a form and tells how many bytes have left; `fetch` cannot tell. Fails as the other calls do. */
export function upload<T>(path: string, form: FormData, onSent: (bytes: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => {
      noteReached(true);
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        resolve(body as T);
        return;
      }
      if (request.status === 401) signedOut.dispatchEvent(new Event('signed-out'));
      reject(new ProblemError(toProblem(request.status, body), retryAfter(request.getResponseHeader('Retry-After'))));
    };
    request.onerror = () => {
      noteReached(false);
      reject(new OfflineError());
    };
    request.send(form);
  });
}
