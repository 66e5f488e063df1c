package teams_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/message/teams"
	"packbench/station/web"
)

// A workflow gets a message with one adaptive card, whose lines are no markdown, and which
// it has room for.
func TestTheCard(t *testing.T) {
	m := message.Message{Title: "Elm Shop: 1 override"}
	for range 20 {
		m.Sections = append(m.Sections, message.Section{Title: "1 override", Lines: []string{"order [here](https://evil.example)", strings.Repeat("№", 150), "", "", ""}})
	}
	var body []byte
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer srv.Close()
	if err := teams.New(message.Options{Secret: srv.URL, Do: web.NewBuyer(), Clock: time.Now}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type        string
		Attachments []struct {
			ContentType string
			Content     struct {
				Type, Version string
				Body          []struct {
					Type    string
					Inlines []struct{ Type, Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "message" || len(got.Attachments) != 1 || got.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" {
		t.Fatalf("the message is %s", body)
	}
	c := got.Attachments[0].Content
	if c.Type != "AdaptiveCard" || c.Version == "" || c.Body[0].Inlines[0].Text != m.Title {
		t.Errorf("the card is %+v", c)
	}
	for _, b := range c.Body {
		if b.Type != "RichTextBlock" || b.Inlines[0].Type != "TextRun" { // a TextBlock would make links
			t.Errorf("a block is %+v", b)
		}
	}
	if len(body) > 28_000 {
		t.Errorf("the message has %d bytes", len(body))
	}
}
