"""What people write into the pages of lists, a file a noun: shape only, the sense is the verbs' business."""
