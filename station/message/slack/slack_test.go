package slack_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/message/slack"
	"packbench/station/web"
)

// Nothing in a message calls anybody or becomes a link, and it is not longer than Slack
// shows.
func TestText(t *testing.T) {
	m := message.Message{Title: "Cups & *Co*", Sections: []message.Section{{Title: "1 override", Lines: []string{"order <!channel> & <https://evil.example|here>"}}}}
	want := "*Cups &amp; Co*\n\n*1 override*\n• order &lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;"
	if got := slack.Text(m); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for range 1000 {
		m.Sections = append(m.Sections, message.Section{Title: "x", Lines: []string{strings.Repeat("y", 200)}})
	}
	if n := len(slack.Text(m)); n > 40_000 {
		t.Errorf("the text has %d bytes", n)
	}
}

// What Slack says in a word is understood: what a person has to put right, and what was
// surely not posted.
func TestWhatSlackSays(t *testing.T) {
	for _, c := range []struct {
		status int
		word   string
		is     func(error) bool
		want   string
	}{
		{200, "ok", func(err error) bool { return err == nil }, ""},
		{500, "rollup_error", web.NotDone, "out of order"},
		{500, "", func(err error) bool { return err != nil && !web.NotDone(err) }, "500"},
		{400, "invalid_payload", web.Hopeless, "invalid_payload"},
		{403, "invalid_token", web.NotDone, "make a new one"},
		{404, "no_service", web.NotDone, "make a new one"},
		{410, "channel_is_archived", web.NotDone, "another channel"},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if body, _ := io.ReadAll(r.Body); !strings.Contains(string(body), `"text":"*hello*"`) || r.Header.Get("Content-Type") != "application/json" {
				t.Errorf("it was sent %s", body)
			}
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.word)
		}))
		err := slack.New(message.Options{Secret: srv.URL + "/services/sesame", Do: web.NewBuyer(), Clock: time.Now}).Send(t.Context(), message.Message{Title: "hello"})
		srv.Close()
		if !c.is(err) || err != nil && (!strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "sesame")) {
			t.Errorf("%d %s: %v", c.status, c.word, err)
		}
	}
}
