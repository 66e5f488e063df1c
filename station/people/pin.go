package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
)

// Cost is how much work one try of a PIN is: KiB of memory, and passes over them.
type Cost struct{ Memory, Passes uint32 }

// PINCost is the cost of a new PIN.
var PINCost = Cost{Memory: 19 * 1024, Passes: 2}

const (
	saltBytes = 16
	keyBytes  = 32
	mostCost  = 1 << 20 // KiB: more is no cost that was ever written
)

// CheckPIN says in words that a text cannot be a PIN. It has fewer digits than any code
// on goods, so that a scanned code is never taken for a try.
func CheckPIN(pin string) error {
	if len(pin) < 4 || len(pin) > 7 || strings.Trim(pin, "0123456789") != "" {
		return errors.New("a PIN is 4 to 7 digits")
	}
	if strings.Count(pin, pin[:1]) == len(pin) || strings.Contains("0123456789 9876543210", pin) {
		return errors.New("this PIN is the first that anybody tries: choose another")
	}
	return nil
}

// LooksPIN reports whether a text may be a try of a PIN.
func LooksPIN(text string) bool {
	return len(text) >= 4 && len(text) <= 7 && strings.Trim(text, "0123456789") == ""
}

// HashPIN is what is kept of a PIN: argon2id with a salt of its own, in the usual form.
func HashPIN(pin string, c Cost) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding.EncodeToString
	key := argon2.IDKey([]byte(pin), salt, c.Passes, c.Memory, 1, keyBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, c.Memory, c.Passes, enc(salt), enc(key)), nil
}

// SamePIN reports whether a PIN is the one that is kept. It does the same work where
// nothing is kept, or nothing that can be read: then no PIN is right.
func SamePIN(kept, pin string) bool {
	c, salt, key := readPIN(kept)
	got := argon2.IDKey([]byte(pin), salt, c.Passes, c.Memory, 1, keyBytes)
	return subtle.ConstantTimeCompare(got, key) == 1
}

func readPIN(kept string) (c Cost, salt, key []byte) {
	var version int
	parts := strings.Split(kept, "$")
	if len(parts) == 6 && parts[1] == "argon2id" {
		_, e1 := fmt.Sscanf(parts[2], "v=%d", &version)
		_, e2 := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &c.Memory, &c.Passes)
		var e3, e4 error
		salt, e3 = base64.RawStdEncoding.DecodeString(parts[4])
		key, e4 = base64.RawStdEncoding.DecodeString(parts[5])
		if errors.Join(e1, e2, e3, e4) == nil && version == argon2.Version && c.Memory > 0 && c.Memory <= mostCost && c.Passes > 0 && c.Passes < 100 && len(key) == keyBytes {
			return c, salt, key
		}
	}
	return PINCost, make([]byte, saltBytes), nil
}

// Tries of a PIN are free up to the fifth; then there is a pause, which doubles with each
// wrong one.
const (
	freeTries  = 5
	firstPause = 30 * time.Second
	mostPause  = time.Hour
)

// PINPause is how long no PIN of a person is looked at after so many wrong ones.
func PINPause(tries int) time.Duration {
	if tries < freeTries {
		return 0
	}
	return min(mostPause, firstPause<<min(tries-freeTries, 10))
}
