package people

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"unicode"
)

// badgePrefix is how a printed badge starts: the bench's own codes are
// PB:<kind>:<value>.
const badgePrefix = "PB:badge:"

// maxCode bounds a badge code in bytes; longer ones are no badges.
const maxCode = 200

var unpadded = base32.StdEncoding.WithPadding(base32.NoPadding)

// Normalise returns the bare code of a badge as it was scanned or typed:
// without spaces around it, without control characters and without the
// printed prefix, whose case does not matter. The case of the code itself
// does. It is "" for what cannot be a badge.
//
// Format: PB:badge:CODE or CODE. Example: "PB:badge:B-PACKER\r" is "B-PACKER".
func Normalise(code string) string {
	if len(code) > maxCode {
		return ""
	}
	code = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, code))
	if len(code) >= len(badgePrefix) && strings.EqualFold(code[:len(badgePrefix)], badgePrefix) {
		code = strings.TrimSpace(code[len(badgePrefix):])
	}
	return code
}

// BadgeHash is what is stored of a badge: HMAC-SHA-256 of the normalised code
// under the data folder's salt, in base32 without padding (52 characters). It
// is "" for a code that cannot be a badge, and "" matches nothing.
func BadgeHash(salt []byte, code string) string { return BadgeHasher(salt)(code) }

// BadgeHasher returns BadgeHash for one salt, which is taken up once: any code that is
// scanned may be a badge. It is for one goroutine.
func BadgeHasher(salt []byte) func(code string) string {
	mac := hmac.New(sha256.New, salt)
	return func(code string) string {
		code = Normalise(code)
		if code == "" {
			return ""
		}
		mac.Reset()
		mac.Write([]byte(code))
		return unpadded.EncodeToString(mac.Sum(nil))
	}
}

// BadgeKeyer returns what is stored of a badge where its [BadgeHash] is hashed once more
// under a secret that does not stand beside it: the name of the secret, a colon and
// again 52 characters. It is "" for "". It is for one goroutine.
func BadgeKeyer(name string, secret []byte) func(hash string) string {
	mac := hmac.New(sha256.New, secret)
	return func(hash string) string {
		if hash == "" {
			return ""
		}
		mac.Reset()
		mac.Write([]byte(hash))
		return name + ":" + unpadded.EncodeToString(mac.Sum(nil))
	}
}

// SameBadge compares two hashes in a time that tells nothing of where they
// differ. Empty hashes are never the same.
func SameBadge(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
