package desktop

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"packbench/station/screen"
)

// messages waits for the page of the messages to be so.
func (d *seat) messages(what string, is func(*screen.ShopsView) bool) *screen.ShopsView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Page == screen.PageMessages && v.Shops != nil && is(v.Shops) }).Shops
}

// A channel is added in the window with its address, tested, left alone, and is a lamp when
// it is down. The address is never in a view. (M1)
func TestAChannelIsAddedInTheWindow(t *testing.T) {
	var last atomic.Value
	var status atomic.Int64
	last.Store("")
	status.Store(http.StatusOK)
	channel := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		last.Store(string(body))
		w.WriteHeader(int(status.Load()))
	}))
	t.Cleanup(channel.Close)
	address := channel.URL + "/services/sesame"
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.press(37, 13, 0) // Ctrl 4
	d.touch("page:messages")
	d.messages("that nobody is told", func(v *screen.ShopsView) bool { return strings.Contains(v.Empty, "Nobody is told") })
	d.touch("shop:add")
	d.touch("kind:slack")
	d.touch("save")
	d.messages("what is missing", func(v *screen.ShopsView) bool {
		return v.Form != nil && v.Form.Fault == "Enter this: address of an incoming webhook"
	})
	d.touch("field:message:key")
	d.until("the field of the address", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "message:key" && v.Entry.Secret })
	d.clip = address + "\n"
	d.touch("entry:paste")
	d.until("what was pasted", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == address })
	d.press(0, 36, 0) // Enter
	v := d.messages("the address to be entered", func(v *screen.ShopsView) bool { return v.Form != nil && v.Form.Fields[1].Value == "entered" })
	if in := v.Form.Fields[1].Edit.Intent; in.Value != "" {
		t.Errorf("the address is in the view: %+v", in)
	}
	d.touch("save")
	d.messages("that a private address is not meant", func(v *screen.ShopsView) bool {
		return v.Form != nil && strings.Contains(v.Form.Fault, "private=yes")
	})
	d.touch("field:message:set:private")
	d.enter("message:set:private", "yes")
	d.touch("save")
	v = d.messages("the test of the channel", func(v *screen.ShopsView) bool { return v.Shop != nil && len(v.Shop.Checks) == 1 })
	if v.Shop.Words != "A test message was sent" || !strings.Contains(last.Load().(string), "this is a test") {
		t.Errorf("the test says %q, and sent %s", v.Shop.Words, last.Load())
	}
	if key, err := os.ReadFile(d.front.Folder.Path("message-slack.key")); err != nil || strings.TrimSpace(string(key)) != address {
		t.Errorf("the file of the address: %v", err)
	}
	status.Store(http.StatusNotFound)
	d.touch("shop:test")
	v = d.messages("a test that fails", func(v *screen.ShopsView) bool { return v.Shop != nil && v.Shop.Colour2 == screen.LampRed })
	if !strings.Contains(v.Shop.Checks[0].Text, "make a new one") || strings.Contains(v.Shop.Checks[0].Text, "sesame") {
		t.Errorf("it says %+v", v.Shop.Checks)
	}
	if err := os.Remove(d.front.Folder.Path("message-slack.key")); err != nil {
		t.Fatal(err)
	}
	d.until("the lamp", func(v screen.View) bool {
		for _, l := range v.Header.Lamps {
			if l.Kind == "messages" {
				return true
			}
		}
		return false
	})
	d.touch("shop:pause")
	d.messages("it to be left alone", func(v *screen.ShopsView) bool { return v.Shop != nil && v.Shop.State == "Paused" })
	d.touch("shop:resume")
	d.messages("it to go on", func(v *screen.ShopsView) bool { return v.Shop != nil && v.Shop.State != "Paused" })
}
