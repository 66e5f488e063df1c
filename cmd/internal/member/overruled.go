package member

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
)

// hubOverruled is the setting that holds the last change of which there is a case.
const hubOverruled = "hub-overruled"

// overruled has a supervisor look at what was changed here and does not count, because
// another folder changed the same first: one case for what came at once.
func overruled(ctx context.Context, d *folder.Folder) error {
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
	d.Log.Warn("a change that was made here does not count: another folder changed the same first", "table", last.Kind, "row", last.Key, "more", len(rows)-1)
	word := cases.ChangeOverruled{Table: last.Kind, Row: keyOf(last.Key), More: len(rows) - 1}
	c := pack.CaseOpened{Kind: cases.KindClaim, Code: cases.CodeOverruled}
	switch {
	case word.More > 0:
		c.Scanned = fmt.Sprintf("%s %s +%d", word.Table, word.Row, word.More)
	case word.Table == "orders":
		c.Order = word.Row
	case word.Table == "products":
		c.SKU = word.Row
	default:
		c.Scanned = word.Table + " " + word.Row
	}
	if err := opened(ctx, d, word, c); err != nil {
		return err
	}
	return d.Store.PutSetting(ctx, hubOverruled, []byte(strconv.FormatInt(last.ID, 10)))
}

// keyOf is a row's key as people may read it.
func keyOf(key string) string {
	var parts []any
	if json.Unmarshal([]byte(key), &parts) != nil {
		return key
	}
	return strings.TrimSpace(fmt.Sprintln(parts...))
}
