/** Where the files of assets are. They never change under their id. */
export const contentUrl = (assetId: number) => `/assets/${assetId}/content`;

/** A small copy; `width` in pixels is rounded up to one that is kept. */
export const thumbnailUrl = (assetId: number, width?: number) => `/assets/${assetId}/thumbnail${width === undefined ? '' : `?w=${width}`}`;
