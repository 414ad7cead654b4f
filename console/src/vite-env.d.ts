/** Written by antd-style.ts. */
declare module 'virtual:antd.css' {}

/** The player without subtitles, other audio and encryption; its package types only the whole one. */
declare module 'hls.js/light' {
  export { default as Hls, Events, type LevelDetails } from 'hls.js'
}
