import { useEffect, useState } from 'preact/hooks';

/** A value once it has been the same for so many milliseconds: what is asked anew need not be asked at every key. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
