package member

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/hub"
	"packbench/station/pack"
	"packbench/station/store"
)

// hubOverruled is the setting that holds the last change of which there is a case.
const hubOverruled = "hub-overruled"

// overruled has a supervisor look at what was changed here and does not count, because
// another folder changed the same first, or a desk alone may: one case for what came at once.
func overruled(ctx context.Context, d *folder.Folder, narrow bool) error {
	was, _, err := store.Known(d.Store.Setting(ctx, hubOverruled))
	if err != nil {
		return err
	}
	told, _ := strconv.ParseInt(string(was), 10, 64) // none is 0
	rows, err := d.Store.Overruled(ctx, told, 0)
	if err != nil || len(rows) == 0 {
		return err
	}
	last := rows[len(rows)-1]
	word := cases.ChangeOverruled{Table: last.Kind, Row: keyOf(last.Key), More: len(rows) - 1}
	if err := inVain(ctx, d, word, narrow && hub.Decided(last.Kind)); err != nil {
		return err
	}
	return d.Store.PutSetting(ctx, hubOverruled, []byte(strconv.FormatInt(last.ID, 10)))
}

// inVain opens the case of what was changed here and does not count; desk says that it is
// changed at a desk alone.
func inVain(ctx context.Context, d *folder.Folder, word cases.ChangeOverruled, desk bool) error {
	c := pack.CaseOpened{Kind: cases.KindClaim, Code: cases.CodeOverruled}
	why := "another folder changed the same first"
	if desk {
		c.Code, why = cases.CodeDeskDecides, "the shop's people, rates, shops, accounts and settings are changed at a desk"
	}
	d.Log.Warn("a change that was made here does not count: "+why, "table", word.Table, "row", word.Row, "more", word.More)
	switch {
	case word.More > 0:
		c.Scanned = fmt.Sprintf("%s %s +%d", word.Table, word.Row, word.More)
	case word.Table == "orders":
		c.Order = word.Row
	case word.Table == "products":
		c.SKU = word.Row
	default:
		c.Scanned = strings.TrimSpace(word.Table + " " + word.Row)
	}
	return opened(ctx, d, word, c)
}

// keyOf is a row's key as people may read it.
func keyOf(key string) string {
	var parts []any
	if json.Unmarshal([]byte(key), &parts) != nil {
		return key
	}
	return strings.TrimSpace(fmt.Sprintln(parts...))
}
