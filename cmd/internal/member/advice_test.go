package member

import (
	"testing"

	"packbench/station/hub"
)

func TestEachTroubleSaysWhatToDo(t *testing.T) {
	for _, k := range []hub.Kind{
		hub.Away, hub.BadAddress, hub.Unsafe, hub.BadLogin, hub.NoDatabase, hub.NoHub, hub.NoRights, hub.Full, hub.OtherHub, hub.NewerHub,
		hub.OlderHub, hub.Copied, hub.Taken, hub.Behind, hub.BadChain,
	} {
		if Advice(&hub.Trouble{Kind: k}) == "" {
			t.Errorf("nobody knows what to do about %s", k)
		}
	}
}
