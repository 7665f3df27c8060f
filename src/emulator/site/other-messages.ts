/** Apart from the page's API, whose schemas the page itself may not load: its security policy allows no code made from text. */

/** What stands in the chat for a message that holds neither text nor a file that is kept, by its type. */
export const OTHER_MESSAGES = {
  sticker: '[表情包]',
  audio: '[语音]',
  media: '[视频]',
  location: '[位置]',
  share_user: '[名片]',
  share_chat: '[群名片]',
  merge_forward: '[合并转发的消息]',
  vote: '[投票]',
};
