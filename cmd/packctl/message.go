package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/messages"
	"packbench/station/store"
)

const messageUsage = "add slack|teams|webhook|mail|buyer-mail|buyer-webhook --id ID [--url HOST:PORT] [--set key=value …] | test ID | list [ID] | off ID | on ID"

// messageLine is how a target of messages stands.
type messageLine struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`
	OK      bool        `json:"ok"`
	Message string      `json:"message"`
	Fix     string      `json:"fix,omitempty"`
	Off     bool        `json:"off,omitempty"`
	Waiting int         `json:"waiting"`
	Unknown int         `json:"unknown"`
	Refused int         `json:"refused"`
	Last    *time.Time  `json:"last,omitempty"`
	Checks  []shopCheck `json:"checks,omitempty"`
}

// team returns the targets of messages of a folder.
func team(d *folder.Folder) *messages.Messages {
	m := messages.New(d)
	m.Digest = desk.New(d).Digest
	return m
}

// runMessage adds, tests and lists who is told of what happens at the benches.
func runMessage(ctx context.Context, f *flags) error {
	of := store.MessageTarget{Options: settings{}}
	f.StringVar(&of.ID, "id", "", "what the target is called here")
	f.StringVar(&of.URL, "url", "", "the mail server, with its port")
	f.Var(settings(of.Options), "set", "key=value, once for each setting")
	args, err := f.read()
	if err != nil {
		return err
	}
	if len(args) == 0 || len(args) > 2 || len(args) == 1 && args[0] != "list" {
		return usagef("packctl message %s", messageUsage)
	}
	word, id := args[0], ""
	if len(args) == 2 {
		id = args[1]
	}
	return f.within(ctx, func(d *folder.Folder) error {
		m := team(d)
		switch word {
		case "add":
			of.Kind = id
			return f.addMessage(ctx, m, of)
		case "test":
			return f.testMessage(ctx, m, id)
		case "list":
			return f.listMessages(ctx, m, id)
		case "off", "on":
			if err := m.Off(ctx, id, word == "off"); err != nil {
				return err
			}
			return f.listMessages(ctx, m, id)
		}
		return usagef("packctl message %s", messageUsage)
	})
}

// addMessage adds a target whose secret comes as one line on stdin. A mail server that
// nobody signs in to has none.
func (f *flags) addMessage(ctx context.Context, m *messages.Messages, of store.MessageTarget) error {
	if of.ID == "" {
		return usagef("--id is what the target is called here, such as team")
	}
	line := ""
	if !strings.HasSuffix(of.Kind, "mail") || of.Options["user"] != "" {
		var err error
		if line, err = f.secretLine(); err != nil {
			return err
		}
	}
	if err := m.Add(ctx, of, line); err != nil {
		return err
	}
	return f.print(messageLine{ID: of.ID, Kind: of.Kind, OK: true, Message: "added"}, "target %s is added; try it: packctl message test %s", of.ID, of.ID)
}

func (f *flags) testMessage(ctx context.Context, m *messages.Messages, id string) error {
	checks, err := m.Test(ctx, id)
	if err != nil {
		return err
	}
	of, err := m.Store.MessageTarget(ctx, id)
	if err != nil {
		return err
	}
	line := messageLine{ID: id, Kind: of.Kind, OK: true, Off: of.Off, Message: "sent"}
	for _, c := range checks {
		line.Checks = append(line.Checks, shopCheck{c.What, c.OK, c.Say, c.Fix})
	}
	bad, err := f.tried(line.Checks)
	if bad != nil {
		line.OK, line.Message, line.Fix = false, bad.What+": "+bad.Message, bad.Fix
	}
	if err == nil && f.json {
		err = printJSON(f.out, line)
	}
	if err == nil && !line.OK {
		err = errNotAll
	}
	return err
}

func (f *flags) listMessages(ctx context.Context, m *messages.Messages, id string) error {
	all, err := m.Statuses(ctx)
	if err != nil {
		return err
	}
	found := false
	for _, st := range all {
		if id != "" && st.ID != id {
			continue
		}
		found = true
		line := messageLine{
			ID: st.ID, Kind: st.Kind, OK: st.Trouble == "" && st.Refused+st.Unknown == 0, Message: st.Trouble, Off: st.Off,
			Waiting: st.Waiting, Unknown: st.Unknown, Refused: st.Refused,
		}
		if !st.Told.IsZero() {
			line.Last = &st.Told
		}
		switch {
		case line.Message != "":
		case st.Off:
			line.Message = "off"
		case line.OK:
			line.Message = "works"
		default:
			line.Message, line.Fix = "not all came", "packctl outbox --target message:"+st.ID+" lists them"
		}
		if err := f.print(line, "%-10s %-20s %s · %d waiting, %d unknown, %d refused", st.ID, st.Name, line.Message, st.Waiting, st.Unknown, st.Refused); err != nil {
			return err
		}
	}
	if id != "" && !found {
		return fmt.Errorf("there is no target %s", id)
	}
	if !found && !f.json {
		_, err = fmt.Fprintln(f.out, "nobody is told; add somebody: packctl message add KIND --id ID")
	}
	return err
}
