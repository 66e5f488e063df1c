package member

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder/secret"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/hub"
	"packbench/station/store"
)

// What is changed of the shop's settings at one bench counts at all, and what is a
// station's own stays there. Accounts and shops come with their keys, which nobody else
// reads.
func TestTheShopsSettingsAndKeysHaveOneTruth(t *testing.T) {
	s := newShop(t)
	first, second, third := s.sample(), filepath.Join(t.TempDir(), "second"), filepath.Join(t.TempDir(), "third")
	s.join(first, "", false)
	s.join(second, "S2", true)
	s.join(third, "S3", false)
	one, two, three := open_(t, first), open_(t, second), open_(t, third)
	ctx := t.Context()
	once(t, one, two)

	set := func(dir string, do func(s *config.Settings)) {
		t.Helper()
		file := filepath.Join(dir, config.File)
		now, err := config.Load(file)
		if err == nil {
			do(&now)
			err = config.Save(file, now)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	set(second, func(s *config.Settings) { s.Rules.LockAfter, s.Name, s.Scale.Kind = 9, "By the door", "none" })
	set(first, func(s *config.Settings) { s.Sender.City, s.Theme = "Gdynia", "dark" })
	if err := secret.Of(first, "carrier", "post", nil).Keep("key-of-post"); err != nil {
		t.Fatal(err)
	}
	if err := one.Store.PutAccount(ctx, store.Account{ID: "post", Kind: "easypost", Options: map[string]string{"a": "b"}, Since: one.Clock()}); err != nil {
		t.Fatal(err)
	}
	once(t, two, one, two)
	a, err := config.Load(filepath.Join(first, config.File))
	if err != nil {
		t.Fatal(err)
	}
	b, err := config.Load(filepath.Join(second, config.File))
	if err != nil {
		t.Fatal(err)
	}
	if a.Rules.LockAfter != 9 || b.Sender.City != "Gdynia" || b.Rules.LockAfter != 9 || a.Sender.City != "Gdynia" {
		t.Errorf("%+v %+v %+v %+v", a.Rules, b.Rules, a.Sender, b.Sender)
	}
	if a.Name == "By the door" || b.Theme == "dark" || a.Station != "S1" || b.Station != "S2" || a.Hub.Address == b.Hub.Address {
		t.Errorf("a station's own went over: %+v\n%+v", a, b)
	}
	if account, err := two.Store.Account(ctx, "post"); err != nil || account.Options["a"] != "b" {
		t.Errorf("%+v, %v", account, err)
	}
	key := filepath.Join(second, "carrier-post.key")
	text, err := os.ReadFile(key)
	if err != nil || strings.TrimSpace(string(text)) != "key-of-post" {
		t.Errorf("%q, %v", text, err)
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	status, err := Ask(ctx, two, nil)
	if err != nil || status.Set.Holder == "" || status.Set.Since.IsZero() {
		t.Errorf("%+v, %v", status, err)
	}

	// What is changed where a desk alone changes it comes back as it was, and a case says so.
	once(t, three)
	set(third, func(s *config.Settings) { s.Rules.LockAfter, s.Name = 5, "In the yard" })
	if err := secret.Of(third, "carrier", "post", nil).Keep("not-the-key"); err != nil {
		t.Fatal(err)
	}
	once(t, three, one, three)
	for _, dir := range []string{first, third} {
		if now, err := config.Load(filepath.Join(dir, config.File)); err != nil || now.Rules.LockAfter != 9 || (now.Name == "In the yard") != (dir == third) {
			t.Errorf("%d, %q, %v", now.Rules.LockAfter, now.Name, err)
		}
		if text, err := secret.Of(dir, "carrier", "post", nil).Read(); err != nil || text != "key-of-post" {
			t.Errorf("%q, %v", text, err)
		}
	}
	if all, err := three.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindClaim}); err != nil || len(all) != 1 || all[0].Code != cases.CodeDeskDecides || all[0].Scanned != "settings" {
		t.Errorf("%+v, %v", all, err)
	}

	// A new key of one is the other's too, and none is at the hub where the shop wants it so.
	if err := secret.Of(second, "carrier", "post", nil).Keep("another"); err != nil {
		t.Fatal(err)
	}
	once(t, two, one)
	if text, err := secret.Of(first, "carrier", "post", nil).Read(); err != nil || text != "another" {
		t.Errorf("%q, %v", text, err)
	}
	set(first, func(s *config.Settings) { s.Hub.Secrets = false })
	once(t, one, two)
	h, err := hub.Open(s.address, "")
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	keys, err := h.Keys(ctx)
	if err != nil || len(keys["secret/carrier-post.key"]) > 0 {
		t.Errorf("the hub still has a key, %v", err)
	}
	if text, err := secret.Of(second, "carrier", "post", nil).Read(); err != nil || text != "another" {
		t.Errorf("%q, %v", text, err)
	}
}
