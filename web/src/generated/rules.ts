// Made from gen/ by `npm run generate`.

/** What the contract demands of a field. `message` says it in words. */
export interface Rule {
  readonly required: boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly message?: string;
}

export const RegisterRequest = {
  "username": {
    "required": true,
    "pattern": "^[A-Za-z0-9_]{3,30}$",
    "message": "It must be 3 to 30 characters of a-z, A-Z, 0-9 and _."
  },
  "email": {
    "required": true,
    "maxLength": 254,
    "format": "email",
    "message": "It must have ASCII characters only; write an international domain in its ASCII form, like xn--mnchen-3ya.de."
  },
  "password": {
    "required": true,
    "pattern": "^(?![\\s\\S]*\u0000)",
    "minLength": 12,
    "maxLength": 72,
    "format": "password",
    "message": "It must be at least 12 characters. It must be at most 72 bytes in UTF-8. It must not contain the character U+0000."
  },
  "first_name": {
    "required": true,
    "pattern": "^(?![\\s\\S]*(?:[͏ᅟᅠ឴឵᠋-᠏ㅤﾠ]|[^㐀-鿿豈-﫿𠀀-𿿿][︀-️󠄀-󠇯]))(?![\\s\\S]*(?:[^\\p{L}\\p{M}][‌‍]|[^\\p{M}][‌‍]([^\\p{L}\\p{M}]|$)))\\p{Zs}*['’‘]?\\p{L}[\\p{L}\\p{M}\\p{Zs}‌‍.·・־׳״་'’‘/‐‑-]*$",
    "maxLength": 50,
    "message": "It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks."
  },
  "last_name": {
    "required": true,
    "pattern": "^(?![\\s\\S]*(?:[͏ᅟᅠ឴឵᠋-᠏ㅤﾠ]|[^㐀-鿿豈-﫿𠀀-𿿿][︀-️󠄀-󠇯]))(?![\\s\\S]*(?:[^\\p{L}\\p{M}][‌‍]|[^\\p{M}][‌‍]([^\\p{L}\\p{M}]|$)))\\p{Zs}*['’‘]?\\p{L}[\\p{L}\\p{M}\\p{Zs}‌‍.·・־׳״་'’‘/‐‑-]*$",
    "maxLength": 50,
    "message": "It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks."
  },
  "phone": {
    "required": false,
    "pattern": "^(?![\\s\\S]*\\(0\\))([\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*([+＋]|00)[\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*\\p{Nd}([\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*\\p{Nd}){6,14}[\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*)?$",
    "maxLength": 50,
    "message": "It must be empty or an international number like +1 415 555 0100: + or 00, the country code, and 7 to 15 digits in all. It must not contain (0), which is not dialled from abroad; leave it out, or write 0 where the country needs it."
  },
  "date_of_birth": {
    "required": false,
    "pattern": "^(?:$|(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$)",
    "message": "It must be empty or a date like 1990-12-31."
  },
  "marketing_emails_consent": {
    "required": false
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const LoginRequest = {
  "username": {
    "required": true,
    "minLength": 1,
    "maxLength": 254
  },
  "password": {
    "required": true,
    "minLength": 1,
    "maxLength": 512,
    "format": "password"
  },
  "refresh_token": {
    "required": false,
    "maxLength": 512,
    "format": "password"
  },
  "remember_me": {
    "required": false
  }
} as const;

export const RefreshTokenRequest = {
  "refresh_token": {
    "required": false,
    "maxLength": 512,
    "format": "password"
  }
} as const;

export const LogoutRequest = {} as const;

export const ChangePasswordRequest = {
  "current_password": {
    "required": true,
    "minLength": 1,
    "maxLength": 512,
    "format": "password"
  },
  "new_password": {
    "required": true,
    "pattern": "^(?![\\s\\S]*\u0000)",
    "minLength": 12,
    "maxLength": 72,
    "format": "password",
    "message": "It must be at least 12 characters. It must be at most 72 bytes in UTF-8. It must not contain the character U+0000."
  }
} as const;

export const DepositRequest = {
  "amount": {
    "required": true,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const WithdrawRequest = {
  "amount": {
    "required": true,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const CreateOrderRequest = {
  "side": {
    "required": true
  },
  "type": {
    "required": false
  },
  "asset_id": {
    "required": true,
    "pattern": "^[A-Z0-9]{1,12}$",
    "message": "It must be 1 to 12 characters of A-Z and 0-9."
  },
  "quantity": {
    "required": false,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,11})([.][0-9]{1,8})?$",
    "message": "It must be a string of a number above 0, with at most 12 digits before and 8 after the point, like \"0.05\"."
  },
  "limit_price": {
    "required": false,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,8})([.][0-9]{1,8})?$",
    "message": "It must be a string of dollars above 0, with at most 9 digits before and 8 after the point."
  },
  "expected_price": {
    "required": false,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,8})([.][0-9]{1,8})?$",
    "message": "It must be a string of dollars above 0, with at most 9 digits before and 8 after the point."
  },
  "max_slippage": {
    "required": false,
    "pattern": "^(?!100[.]0*[1-9])(0|[1-9][0-9]?|100)([.][0-9]{1,4})?$",
    "message": "It must be a string of percent from 0 to 100, with at most 4 decimals."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  },
  "quote_amount": {
    "required": false,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  },
  "sell_all": {
    "required": false
  },
  "preview_id": {
    "required": false,
    "maxLength": 1024
  }
} as const;

export const PreviewOrderRequest = {
  "side": {
    "required": true
  },
  "asset_id": {
    "required": true,
    "pattern": "^[A-Z0-9]{1,12}$",
    "message": "It must be 1 to 12 characters of A-Z and 0-9."
  },
  "quantity": {
    "required": false,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,11})([.][0-9]{1,8})?$",
    "message": "It must be a string of a number above 0, with at most 12 digits before and 8 after the point, like \"0.05\"."
  },
  "quote_amount": {
    "required": false,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  },
  "sell_all": {
    "required": false
  }
} as const;

export const UpdateProfileRequest = {
  "email": {
    "required": false,
    "maxLength": 254,
    "format": "email",
    "message": "It must have ASCII characters only; write an international domain in its ASCII form, like xn--mnchen-3ya.de."
  },
  "first_name": {
    "required": false,
    "pattern": "^(?![\\s\\S]*(?:[͏ᅟᅠ឴឵᠋-᠏ㅤﾠ]|[^㐀-鿿豈-﫿𠀀-𿿿][︀-️󠄀-󠇯]))(?![\\s\\S]*(?:[^\\p{L}\\p{M}][‌‍]|[^\\p{M}][‌‍]([^\\p{L}\\p{M}]|$)))\\p{Zs}*['’‘]?\\p{L}[\\p{L}\\p{M}\\p{Zs}‌‍.·・־׳״་'’‘/‐‑-]*$",
    "maxLength": 50,
    "message": "It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks."
  },
  "last_name": {
    "required": false,
    "pattern": "^(?![\\s\\S]*(?:[͏ᅟᅠ឴឵᠋-᠏ㅤﾠ]|[^㐀-鿿豈-﫿𠀀-𿿿][︀-️󠄀-󠇯]))(?![\\s\\S]*(?:[^\\p{L}\\p{M}][‌‍]|[^\\p{M}][‌‍]([^\\p{L}\\p{M}]|$)))\\p{Zs}*['’‘]?\\p{L}[\\p{L}\\p{M}\\p{Zs}‌‍.·・־׳״་'’‘/‐‑-]*$",
    "maxLength": 50,
    "message": "It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks."
  },
  "phone": {
    "required": false,
    "pattern": "^(?![\\s\\S]*\\(0\\))([\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*([+＋]|00)[\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*\\p{Nd}([\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*\\p{Nd}){6,14}[\\p{Zs}()./­​-―‪-‮⁠-⁩−﻿（）－-]*)?$",
    "maxLength": 50,
    "message": "It must be empty or an international number like +1 415 555 0100: + or 00, the country code, and 7 to 15 digits in all. It must not contain (0), which is not dialled from abroad; leave it out, or write 0 where the country needs it."
  },
  "date_of_birth": {
    "required": false,
    "pattern": "^(?:$|(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$)",
    "message": "It must be empty or a date like 1990-12-31."
  },
  "marketing_emails_consent": {
    "required": false
  },
  "current_password": {
    "required": false,
    "minLength": 1,
    "maxLength": 512,
    "format": "password"
  }
} as const;

export const CreateAssetRequest = {
  "asset_id": {
    "required": true,
    "pattern": "^[A-Z0-9]{1,12}$",
    "message": "It must be 1 to 12 characters of A-Z and 0-9."
  },
  "name": {
    "required": true,
    "pattern": "^[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} .'()&/+-]*$",
    "maxLength": 50,
    "message": "It must be 1 to 50 letters, digits, spaces and . ' ( ) & / + -."
  },
  "description": {
    "required": false,
    "pattern": "^[^\\p{C}]*$",
    "maxLength": 1000,
    "message": "It must not contain control characters."
  },
  "category": {
    "required": true,
    "pattern": "^[a-z0-9-]{1,40}$",
    "message": "It must be 1 to 40 characters of a-z, 0-9 and '-'."
  },
  "price_usd": {
    "required": true,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,8})([.][0-9]{1,8})?$",
    "message": "It must be a string of dollars above 0, with at most 9 digits before and 8 after the point."
  },
  "market_cap_rank": {
    "required": false,
    "format": "int32"
  },
  "circulating_supply": {
    "required": true,
    "pattern": "^(0|[1-9][0-9]{0,14})([.][0-9]{1,8})?$",
    "message": "It must be a string of a number, with at most 15 digits before and 8 after the point."
  },
  "max_supply": {
    "required": false,
    "pattern": "^(?:$|(?![^1-9]*$)(0|[1-9][0-9]{0,14})([.][0-9]{1,8})?$)",
    "message": "It must be empty or a string of a number above 0, with at most 15 digits before and 8 after the point."
  },
  "image": {
    "required": false,
    "pattern": "^(?:$|https://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]{1,492}$)",
    "message": "It must be empty or an https address of at most 500 characters."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  },
  "quantity_increment": {
    "required": false,
    "pattern": "^(0[.]0{0,7}1|10{0,6})$",
    "message": "It must be a power of ten from 0.00000001 to 1000000, like \"0.001\"."
  },
  "price_increment": {
    "required": false,
    "pattern": "^(0[.]0{0,7}1|10{0,6})$",
    "message": "It must be a power of ten from 0.00000001 to 1000000, like \"0.001\"."
  },
  "order_value_min": {
    "required": false,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  },
  "order_value_max": {
    "required": false,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  }
} as const;

export const UpdateAssetRequest = {
  "name": {
    "required": false,
    "pattern": "^[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} .'()&/+-]*$",
    "maxLength": 50,
    "message": "It must be 1 to 50 letters, digits, spaces and . ' ( ) & / + -."
  },
  "description": {
    "required": false,
    "pattern": "^[^\\p{C}]*$",
    "maxLength": 1000,
    "message": "It must not contain control characters."
  },
  "category": {
    "required": false,
    "pattern": "^[a-z0-9-]{1,40}$",
    "message": "It must be 1 to 40 characters of a-z, 0-9 and '-'."
  },
  "market_cap_rank": {
    "required": false,
    "format": "int32"
  },
  "circulating_supply": {
    "required": false,
    "pattern": "^(0|[1-9][0-9]{0,14})([.][0-9]{1,8})?$",
    "message": "It must be a string of a number, with at most 15 digits before and 8 after the point."
  },
  "max_supply": {
    "required": false,
    "pattern": "^(?:$|(?![^1-9]*$)(0|[1-9][0-9]{0,14})([.][0-9]{1,8})?$)",
    "message": "It must be empty or a string of a number above 0, with at most 15 digits before and 8 after the point."
  },
  "image": {
    "required": false,
    "pattern": "^(?:$|https://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]{1,492}$)",
    "message": "It must be empty or an https address of at most 500 characters."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  },
  "quantity_increment": {
    "required": false,
    "pattern": "^(0[.]0{0,7}1|10{0,6})$",
    "message": "It must be a power of ten from 0.00000001 to 1000000, like \"0.001\"."
  },
  "price_increment": {
    "required": false,
    "pattern": "^(0[.]0{0,7}1|10{0,6})$",
    "message": "It must be a power of ten from 0.00000001 to 1000000, like \"0.001\"."
  },
  "order_value_min": {
    "required": false,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  },
  "order_value_max": {
    "required": false,
    "pattern": "^(0[.](0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,5}([.][0-9]{1,2})?|1000000([.]0{1,2})?)$",
    "message": "It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like \"250.00\"."
  }
} as const;

export const SetAssetActiveRequest = {
  "is_active": {
    "required": true
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const SetPriceRequest = {
  "price_usd": {
    "required": true,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,8})([.][0-9]{1,8})?$",
    "message": "It must be a string of dollars above 0, with at most 9 digits before and 8 after the point."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const SetTradingStatusRequest = {
  "trading_status": {
    "required": true
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const SetMarketHaltedRequest = {
  "is_halted": {
    "required": true
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const RestockRequest = {
  "quantity": {
    "required": true,
    "pattern": "^(?![^1-9]*$)(0|[1-9][0-9]{0,11})([.][0-9]{1,8})?$",
    "message": "It must be a string of a number above 0, with at most 12 digits before and 8 after the point, like \"0.05\"."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const ReleaseOrderRequest = {
  "user_id": {
    "required": true,
    "format": "uuid"
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const FailOrderRequest = {
  "user_id": {
    "required": true,
    "format": "uuid"
  }
} as const;

export const DisableUserRequest = {
  "reason": {
    "required": false,
    "pattern": "^[^\\p{C}]*$",
    "maxLength": 200,
    "message": "It must not contain control characters."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;

export const EnableUserRequest = {
  "reason": {
    "required": false,
    "pattern": "^[^\\p{C}]*$",
    "maxLength": 200,
    "message": "It must not contain control characters."
  },
  "request_id": {
    "required": false,
    "pattern": "^(?:(?![\\s\\S]*[A-F])|(?![0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$))[A-Za-z0-9._:-]{1,64}$",
    "message": "It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID."
  }
} as const;
