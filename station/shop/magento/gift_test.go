package magento

import (
	"encoding/json"
	"testing"
)

// What the buyer says to whoever gets the gift comes with the order, where Magento's own
// module for it is on.
func TestAGiftHasItsMessage(t *testing.T) {
	for in, want := range map[string]string{
		`{"gift_message":{"sender":"Łukasz","recipient":"Anna","message":"Happy birthday!"}}`: "Anna – Happy birthday! – Łukasz",
		`{"gift_message":{"sender":"","recipient":"","message":"Get well"}}`:                  "Get well",
		`{"gift_message":{"sender":"Łukasz","recipient":"Anna","message":" "}}`:               "",
		`{}`: "",
	} {
		var e extension
		if err := json.Unmarshal([]byte(in), &e); err != nil || e.Gift != want {
			t.Errorf("%s: %q, %v", in, e.Gift, err)
		}
	}
}
