package doctor

import (
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/store"
)

// The doctor names what a folder and its hub do not agree on.
func TestTheDoctorNamesWhatAHubHasAndTheFolderLacks(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, false, folder.Options{})
	said := func() (words string, ill bool) {
		for _, c := range Examine(ctx, dir, folder.Options{}) {
			if c.Check == "hub" {
				words, ill = words+c.Message, ill || !c.OK
			}
		}
		return words, ill
	}
	if words, _ := said(); words != "" {
		t.Errorf("without a hub: %s", words)
	}
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Store.Share(ctx, store.Membership{Hub: "h", Station: "S1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Store.TakeShared(ctx, "shared", 5, []store.Shared{{Kind: "products", Key: `["CUP"]`, Body: []byte("no JSON"), N: 5}}, false); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if words, ill := said(); !ill || !strings.Contains(words, "keep 1") || !strings.Contains(words, `products ["CUP"]`) {
		t.Errorf("%s", words)
	}
}
