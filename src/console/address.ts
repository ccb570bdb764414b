import { useLocation } from 'preact-iso';

/** The parameters of the address. */
export interface Address {
  readonly query: Readonly<Record<string, string>>;
  /** Sets some of them, null: takes it out; the browser's way back is as long as before. */
  set(values: Readonly<Record<string, string | null>>): void;
}

export function useAddress(): Address {
  const { path, query, route } = useLocation();
  return {
    query,
    set(values) {
      const params = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(values)) {
        if (value === null) params.delete(name);
        else params.set(name, value);
      }
      route(params.size === 0 ? path : `${path}?${params}`, true);
    },
  };
}
